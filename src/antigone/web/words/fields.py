"""Labels of the fields of commands and records, and what to write into them."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_Words = dict[str, str | Promise]

_PEOPLE: _Words = {
    "surname": _("Surname"),
    "first_names": _("First names"),
    "patronymic": _("Patronymic"),
    "sex": _("Sex"),
    "born": _("Date of birth"),
    "power": _("Power on which the person depends"),
    "service_number": _("Service number"),
    "unit": _("Unit"),
    "identity_papers": _("Identity card or disc"),
    "last_seen": _("Last seen on"),
    "missing_since": _("Last seen on"),
    "place": _("Place"),
    "wounds_or_cause": _("Wounds, illness, or cause of death"),
    "other_particulars": _("Other particulars"),
    "cleared": _("To be emptied"),
    "missing_again": _("The report that the person is alive was wrong"),
    "first": _("The record that goes on"),
    "second": _("The record that ends"),
    "merged_into": _("Goes on as"),
    "relation": _("Relation to the missing person"),
    "contact": _("How to reach them"),
    "missing": _("Missing persons"),
    "members": _("Pedigree"),
    "pedigree": _("Pedigree"),
    "ground": _("Ground"),
    "table": _("File"),
}
_CONSENTS: _Words = {
    "scope": _("Scope of the consent"),
    "given_on": _("Given on"),
    "given_to": _("Given to"),
    "document": _("Where the signed paper lies"),
    "on": _("Told on"),
    "told": _("Who was told"),
}
_REMAINS: _Words = {
    "from_party": _("From"),
    "to_party": _("To"),
    "took_place_on": _("Took place on"),
    "agreement": _("Agreement"),
    "announced_containers": _("Number of containers announced"),
    "containers": _("Containers, one a line"),
    "tag": _("Tag"),
    "found_tag": _("Tag it came under"),
    "seal": _("Seal as announced"),
    "seal_found": _("Seal as found"),
    "claimed_name": _("Name claimed by who handed over"),
    "claimed_origin": _("Origin claimed"),
    "claimed_side": _("Side claimed"),
    "units": _("Number of separate units of remains"),
    "parts": _("Number of parts"),
    "held_at": _("Held at"),
    "description": _("Description"),
    "belongings": _("Belongings"),
    "place_of_recovery": _("Place of recovery"),
    "injuries": _("Injuries and old fractures"),
    "group": _("One person with"),
    "split_from": _("Part of"),
}
_SAMPLES: _Words = {
    "material": _("Material"),
    "taken_on": _("Taken on"),
    "to": _("What became of it"),
    "laboratory": _("Laboratory"),
    "quality": _("Quality"),
    "kit": _("Kit"),
    "run": _("Run"),
    "dropout": _("Dropout probability"),
    "dropin": _("Drop-in probability"),
    "autosomal": _("Autosomal markers"),
    "x": _("X-chromosomal markers"),
    "y": _("Y-chromosomal markers"),
    "mtdna": _("Mitochondrial DNA"),
    "snp": _("SNPs"),
    "conclusion": _("Conclusion"),
    "explanation": _("Explanation"),
    "checks": _("Figures of the check"),
}
_DECISIONS: _Words = {
    "findings": _("Findings"),
    "log10_lr": _("log10 LR"),
    "made": _("How it was made"),
    "by_locus": _("By locus"),
    "reasons": _("Reasons"),
    "other_evidence": _("Other evidence"),
    "relatives": _("Typed relatives behind it"),
    "methods": _("Methods"),
    "further": _("Further remains of a person already identified"),
    "proposed_by": _("Proposed by"),
    "signed_by": _("Signed by"),
    "dissent_by": _("Dissent by"),
    "dissent": _("Dissent"),
    "text": _("Why this is not to be decided"),
    "withdraw": _("Withdraw the dissent"),
    "reversed_by": _("Reversed by"),
    "reversal": _("Reason of the reversal"),
    "released_on": _("Released on"),
    "received_by": _("Received by"),
    "buried_on": _("Buried on"),
    "cemetery": _("Cemetery"),
    "plot": _("Plot"),
    "coordinates": _("Coordinates"),
    "marking": _("Marking of the grave"),
    "reason": _("Reason"),
    "note": _("Note"),
    "title": _("Title"),
    "about": _("About"),
    "dated": _("Dated"),
    "sha256": _("SHA-256 of the file"),
}
_USERS: _Words = {
    "code": _("Code"),
    "name": _("Name"),
    "side": _("Side"),
    "party_code": _("Code of the party"),
    "party_name": _("Name of the party"),
    "username": _("User name"),
    "roles": _("Offices"),
    "access": _("Access"),
    "access_version": _("Access renewed, times"),
    "addressee": _("To"),
    "one_time_password": _("One-time password"),
    "new_second_factor": _("The second factor is lost: set it up anew at the next log-in"),
    "password": _("Present password"),
    "old_password": _("Present password"),
    "new_password": _("New password"),
    "new_password_again": _("New password, once more"),
    "secret": _("Secret"),
    "recipient": _("Recipient"),
    "open_sealed": _("Open the sealed parts that you may read"),
    "kind": _("Records"),
    "count": _("Number"),
    "how": _("How"),
    "state": _("State"),
}
_RECORDS: _Words = {
    "party": _("Party"),
    "institution": _("Institution"),
    "user": _("User"),
    "missing_person": _("Missing person"),
    "family": _("Family"),
    "relative": _("Relative"),
    "consent": _("Consent"),
    "handover": _("Handover"),
    "container": _("Container"),
    "remains": _("Remains"),
    "sample": _("Sample"),
    "profile": _("Profile"),
    "proposal": _("Proposal"),
    "decision": _("Decision"),
    "release": _("Release"),
    "notice": _("Notice"),
}
_OF_ONE: _Words = {
    "register_handover.place": _("Place of the handover"),
    "handover.place": _("Place of the handover"),
    "release.to_party": _("Back to the party"),
    "release.decision": _("Decision: to the family"),
    "release.remains": _("or remains: back to the other party"),
    "bury.release": _("Release: under a name"),
    "bury.remains": _("or remains: under their number"),
    "enrol_second_factor.code": _("Six digits"),
    "export.scope": _("Scope of the export"),
    "decision.units": _("Remains it names"),
    "open_container.units": _("Number of separate units of remains"),
    "remains.reason": _("Reason of the last change"),
    "missing_person.reason": _("Reason of the last change"),
    "relative.reason": _("Reason of the last change"),
    "container.reason": _("Reason of the last change"),
    "profile.reason": _("Reason of the last change"),
    "consent.reason": _("Reason of the withdrawal"),
    "take_reference_sample.missing_person": _("or the missing person's own"),
    "record_found_alive.reason": _("How it is known"),
    "finding.pedigree": _("Check of the family"),
    "user.relative": _("Is the relative"),
    "add_user.relative": _("Relative, for a contact of the family"),
}
"""verb.field or kind.field, where it is called otherwise."""
LABELS: _Words = {
    **_PEOPLE,
    **_CONSENTS,
    **_REMAINS,
    **_SAMPLES,
    **_DECISIONS,
    **_USERS,
    **_RECORDS,
    **_OF_ONE,
}
HELP: _Words = {
    "power": _("The side in whose forces the person served."),
    "members": _(
        "One person a line: person, father, mother (or -), and male, female or unknown. A person is an identifier, or "
        "a letter for somebody who is not registered. Example: MP-0004K2-8 F RE-0000A1-J male"
    ),
    "autosomal": _("One locus a line with its alleles: TH01 6/9.3. A dash where nothing was seen."),
    "x": _("As above."),
    "y": _("As above. Kept and shown; nothing is computed with it yet."),
    "mtdna": _("One position a line: 263 G. Kept and shown; nothing is computed with it yet."),
    "snp": _("One marker a line. Kept and shown; nothing is computed with it yet."),
    "dropout": _("Empty: by the class of the sample. Otherwise as 0.05."),
    "dropin": _("Empty: none. Otherwise as 0.01."),
    "roles": _("All within one party. What the user may read and do follows from them."),
    "side": _("A neutral third has no dead of its own in this war."),
    "table": _(
        "A CSV file in UTF-8. Its columns are called surname, first_names, patronymic, sex, born, power, "
        "service_number, unit, identity_papers, last_seen, place, wounds_or_cause, other_particulars, family."
    ),
    "coordinates": _("Latitude and longitude in degrees: 48.46470, 35.04620."),
    "register_handover.containers": _("Tag; seal. Example: B-0412; 77120"),
    "receive_handover.containers": _(
        "Tag; received, missing, extra, or other-tag=T and the tag it came under; intact, broken, other or none. "
        "Example: B-0412; received; intact"
    ),
    "claimed_name": _("What is claimed is kept as a claim; nothing of it is taken for true."),
    "open_container.units": _("One container may hold the remains of several persons."),
    "one_time_password": _("Proposed at random. Write it down now: it is shown nowhere else."),
    "new_password": _("At least 12 signs."),
    "other_evidence": _("Needed where only one relative and one method stand behind the finding."),
    "missing": _("Identifiers, separated by commas."),
    "join_remains.remains": _("Identifiers of all remains that are one person, separated by commas."),
    "separate_remains.remains": _("Identifiers of the remains that stay together, separated by commas."),
    "compare.remains": _("Empty: all remains that have a profile and no name."),
    "propose.findings": _("Identifiers, separated by commas."),
    "sha256": _("It says which file is meant, wherever the file is kept."),
    "export.recipient": _("A minimal export holds the handovers that concern this party."),
    "cleared": _("What is ticked is emptied. What is filled in above replaces what was there."),
    "reason": _("It is sealed with the record, and stands nowhere else."),
}


def field_label(name: str, of: str = "") -> str:
    """What a field of this verb or kind is called; its own name in English where nobody gave it a label."""
    return str(LABELS.get(f"{of}.{name}") or LABELS.get(name) or name.replace("_", " "))


def field_help(name: str, of: str = "") -> str:
    """What to write into a field; empty where the label says it all."""
    return str(HELP.get(f"{of}.{name}") or HELP.get(name) or "")
