"""The one way from a page, a file or a command to the ledger: may this person, does it fit the item, then save."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from cchc import access, answers, config
from cchc.access import Person
from cchc.corrections import follow
from cchc.entries import APART, Assignment, Correction, Draft, Entry, TargetValue, TaskDone, TaskStarted
from cchc.facts import NOTHING
from cchc.items import KnownItem, as_assigned
from cchc.ledger import Ledger, Refused
from cchc.reading.agencies import register

GIVEN_BY_DOCUMENT = "Văn bản đã nêu cơ quan chủ trì của nội dung này nên không giao lại được."
UNKNOWN_AGENCY = "Không có cơ quan này trong danh sách cơ quan."
UNKNOWN_ITEM = "Không có nội dung này trong các văn bản."


def misfit(item: KnownItem, payload: object) -> str:
    """Why a payload cannot be recorded for an item, in Vietnamese; "" when it can."""
    if isinstance(payload, Correction):
        payload = payload.replacement
    if isinstance(payload, TargetValue):
        if item.kind != "target" or item.target is None:
            return "Chỉ ghi giá trị cho chỉ tiêu."
        if item.target.kind == "milestone":
            return "Chỉ tiêu này không có mức bằng số; hãy ghi ngày hoàn thành."
        if item.target.unit == "%" and item.target.kind == "ratio" and not 0 <= payload.value <= 100:
            return "Tỷ lệ phải từ 0 đến 100 %."
    numeric = item.target is not None and item.target.kind != "milestone"
    if isinstance(payload, TaskDone | TaskStarted) and numeric:
        return "Chỉ tiêu có mức bằng số; hãy ghi giá trị đạt được."
    return ""


def _misgiven(item: KnownItem | None, payload: object, items: Mapping[str, KnownItem]) -> str:
    """Why an item cannot be given to an agency, in Vietnamese; "" when it can, or when nothing is given."""
    said = payload.replacement if isinstance(payload, Correction) else payload
    if item is None or not isinstance(said, Assignment) or not said.agency:
        return ""
    if item.lead:
        return GIVEN_BY_DOCUMENT
    registered = register().get(said.agency)
    if registered is not None:
        return UNKNOWN_AGENCY if registered.is_group else ""
    return "" if any(said.agency in i.reached for i in items.values()) else UNKNOWN_AGENCY


def save(
    ledger: Ledger,
    person: Person | None,
    drafts: Sequence[Draft],
    items: Mapping[str, KnownItem],
    expected: Mapping[str, int] | None = None,
    links: Mapping[str, str] | None = None,
) -> list[Entry]:
    """Records all drafts or none. `links` are those of `Progress.links`: an entry of a former id is corrected under
    that id. Raises access.AccessDenied when the person may not, Refused when a draft does not fit its item, Conflict
    when an item changed since it was seen (`expected`), LedgerError when it could not be saved."""
    known = ledger.state_at(config.today(), item_ids=[d.item_id for d in drafts if d.item_id in items])
    placed: list[Draft] = []
    for draft in drafts:
        item = items.get(draft.item_id)
        if item is not None:
            item = as_assigned(item, known.get(item.id, NOTHING))  # an agency records what was given to it
        if item is None and not draft.item_id.startswith(APART):
            raise Refused(UNKNOWN_ITEM)
        payload = draft.payload
        corrected = ledger.get(payload.corrects) if isinstance(payload, Correction) else None
        if corrected is not None and follow(links or {}, corrected.item_id) != draft.item_id:
            corrected = None
        access.require(access.can_save(person, draft, item, corrected))
        reason = misfit(item, payload) if item is not None else answers.misfit(payload, items)
        reason = reason or _misgiven(items.get(draft.item_id), payload, items)
        if reason:
            raise Refused(reason)
        placed.append(draft if corrected is None else draft.model_copy(update={"item_id": corrected.item_id}))
    rights = [draft.payload for draft in drafts if draft.item_id.startswith("person:")]

    def check(of_kind: Callable[[str], list[Entry]]) -> None:
        # Two administrators may withdraw each other at the same instant: the second one meets the first one's change.
        people = access.people(of_kind("person"))
        access.require(access.still(person, people, "manage_people"))
        for payload in rights:
            people = access.with_change(people, payload)

    return ledger.append_all(placed, expected, check if rights else None)
