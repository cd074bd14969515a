"""What pages draw with Streamlit: the frame, lists, forms and desks. Nothing below the pages imports it."""
