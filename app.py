"""The dashboard. `streamlit run app.py` serves everything: the pages, and the routes beside them.

The file is read twice. The server imports it and finds `app`, the ASGI application with its routes (cchc/server.py).
Each session then runs it as a script, as Streamlit does with the frame of its pages.
"""

import streamlit as st

from cchc import server

if __name__ == "__main__":
    from cchc.screen import pages

    pages.run()
else:
    app = st.App(__file__, **server.options())
