"""What each verb is called: as something to do, as something done, and what it means."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class VerbWords(NamedTuple):
    """`todo`: on a link or a button. `done`: in a history, after the name of who did it. `about`: above the form."""

    todo: str | Promise
    done: str | Promise
    about: str | Promise


VERBS_IN_WORDS: dict[str, VerbWords] = {
    "found_register": VerbWords(
        _("Found the register"),
        _("founded the register"),
        _("The first entry of the ledger. It is made once, by command."),
    ),
    "add_party": VerbWords(
        _("Add a party"),
        _("added a party"),
        _("A side of the conflict, or a neutral third. Handovers, institutions and users name parties."),
    ),
    "add_institution": VerbWords(
        _("Add an institution"),
        _("added an institution"),
        _("An office of one party: bureau, laboratory, expert centre, headquarters."),
    ),
    "add_user": VerbWords(
        _("Add a user"),
        _("added a user"),
        _(
            "A named person who will log in. Afterwards give a one-time password with “Renew access”; "
            "it is changed at the first log-in."
        ),
    ),
    "change_roles": VerbWords(
        _("Change the offices of a user"),
        _("changed the offices of a user"),
        _("What the user may read and do follows from the offices, from the next page on."),
    ),
    "suspend_user": VerbWords(
        _("Suspend a user"),
        _("suspended a user"),
        _("The user can no longer log in. What the user did stays under the user's name."),
    ),
    "renew_access": VerbWords(
        _("Renew access"),
        _("renewed the access of a user"),
        _(
            "Tell the user the one-time password in person, and show this page to nobody else. It is changed at "
            "the next log-in. Open sessions of the user end."
        ),
    ),
    "change_password": VerbWords(
        _("Change the password"),
        _("changed the own password"),
        _("At least 12 signs. Several words in a row are easier to remember than signs in disorder."),
    ),
    "enrol_second_factor": VerbWords(
        _("Set up the second factor"),
        _("set up the own second factor"),
        _("What was set up before no longer works."),
    ),
    "rotate_keys": VerbWords(
        _("Change the keys of the register"),
        _("changed the keys of the register"),
        _("The keys of all records are wrapped anew. Keep a new copy of the folder of keys afterwards."),
    ),
    "read_in_bulk": VerbWords(
        _("Read a whole list"),
        _("read a whole list"),
        _("Reading more than a page at once is recorded, with the number of records."),
    ),
    "export": VerbWords(
        _("Export"),
        _("made an export"),
        _("The ledger and the rows as one file that the recipient can check without this register."),
    ),
    "register_missing_person": VerbWords(
        _("Register a missing person"),
        _("registered a missing person"),
        _(
            "The particulars are those of article 16 of the First Geneva Convention. "
            "Write what is known; the rest stays empty."
        ),
    ),
    "import_missing_persons": VerbWords(
        _("Import missing persons"),
        _("imported missing persons"),
        _("All rows are checked first; one wrong row, and nothing is imported."),
    ),
    "correct_missing_person": VerbWords(
        _("Correct the particulars"),
        _("corrected the particulars of a missing person"),
        _("What stood there before stays in the history."),
    ),
    "merge_duplicates": VerbWords(
        _("Merge duplicates"),
        _("merged two records of one person"),
        _("Two records of one missing person become one. The record that ends points to the one that goes on."),
    ),
    "record_found_alive": VerbWords(
        _("Record that the person is alive"),
        _("recorded that a missing person is alive"),
        _("Proposals and decisions about this person have to be looked at again."),
    ),
    "erase": VerbWords(
        _("Erase the record"),
        _("erased a missing person's particulars"),
        _(
            "The key of the record is destroyed: nobody can read its particulars again. "
            "That it was erased stays in the ledger."
        ),
    ),
    "register_family": VerbWords(
        _("Register a family"),
        _("registered a family"),
        _("A family is a pedigree with at least one missing person."),
    ),
    "declare_pedigree": VerbWords(
        _("Declare the pedigree"),
        _("declared a pedigree"),
        _("As the family tells it: one person a line."),
    ),
    "add_relative": VerbWords(
        _("Add a relative"),
        _("added a relative"),
        _("Somebody of the family who gives, or may give, a reference sample."),
    ),
    "correct_relative": VerbWords(
        _("Correct a relative"),
        _("corrected a relative"),
        _("What stood there before stays in the history."),
    ),
    "erase_relative": VerbWords(
        _("Erase a relative"),
        _("erased a relative's particulars"),
        _("The key of the record is destroyed: nobody can read it again. That it was erased stays in the ledger."),
    ),
    "record_consent": VerbWords(
        _("Record consent"),
        _("recorded a consent"),
        _("What the relative allowed the sample to be used for, in writing."),
    ),
    "withdraw_consent": VerbWords(
        _("Withdraw consent"),
        _("withdrew a consent"),
        _(
            "The samples are used no more. Findings that rested on them stay as figures, marked, "
            "and are shown to the board."
        ),
    ),
    "check_family": VerbWords(
        _("Check the family by its profiles"),
        _("checked a family by its profiles"),
        _("What the profiles say about the declared kinship. Seen by geneticists alone."),
    ),
    "register_handover": VerbWords(
        _("Register a handover"),
        _("registered a handover"),
        _("Who hands over to whom, when, and how many containers are announced."),
    ),
    "receive_handover": VerbWords(
        _("Receive a handover"),
        _("received a handover"),
        _("What came, tag by tag, against what was announced."),
    ),
    "register_container": VerbWords(
        _("Register a container"),
        _("registered a container"),
        _("What is handed over under one tag."),
    ),
    "correct_container": VerbWords(
        _("Correct a container"),
        _("corrected a container"),
        _("What stood there before stays in the history."),
    ),
    "open_container": VerbWords(
        _("Open a container"),
        _("opened a container"),
        _("How the seal was found, and what lay inside."),
    ),
    "describe_remains": VerbWords(
        _("Describe remains"),
        _("described remains"),
        _("What the examination shows. One physical unit has one record."),
    ),
    "split_remains": VerbWords(
        _("Split remains"),
        _("split remains"),
        _("What was taken for one unit is several. The record stays, and its parts are registered."),
    ),
    "join_remains": VerbWords(
        _("Join remains as one person"),
        _("joined remains as one person"),
        _("Several remains are one human being. They stay separate records."),
    ),
    "separate_remains": VerbWords(
        _("Separate joined remains"),
        _("separated joined remains"),
        _("These remains are not the same person as the others after all."),
    ),
    "take_sample": VerbWords(
        _("Take a sample from remains"),
        _("took a sample from remains"),
        _("The sample goes by its number alone."),
    ),
    "take_reference_sample": VerbWords(
        _("Take a reference sample"),
        _("took a reference sample"),
        _("From a relative who consented, or something of the missing person's own."),
    ),
    "move_sample": VerbWords(
        _("Send or receive a sample"),
        _("sent or received a sample"),
        _("Where the sample is from now on."),
    ),
    "enter_profile": VerbWords(
        _("Enter a profile"),
        _("entered a profile"),
        _("The typed markers of one run, one locus a line."),
    ),
    "correct_profile": VerbWords(
        _("Correct a profile"),
        _("corrected a profile"),
        _("Findings that rested on the profile have to be computed again."),
    ),
    "withdraw_profile": VerbWords(
        _("Withdraw a profile"),
        _("withdrew a profile"),
        _("The profile is used no more. Findings that rested on it have to be looked at again."),
    ),
    "compare": VerbWords(
        _("Compare with families"),
        _("compared remains with families"),
        _("Likelihood ratios for the remains, with how they were made."),
    ),
    "propose": VerbWords(
        _("Propose an identification"),
        _("proposed an identification"),
        _("A proposal names the findings it rests on, and the other evidence. Two others sign it."),
    ),
    "sign": VerbWords(
        _("Sign"),
        _("signed a proposal"),
        _("The second signature makes the proposal a decision. Whoever proposed does not sign."),
    ),
    "dissent": VerbWords(
        pgettext_lazy("verb", "Dissent"),
        _("dissented from a proposal"),
        _("While a dissent stands, the proposal cannot become a decision."),
    ),
    "reverse": VerbWords(
        _("Reverse the decision"),
        _("reversed a decision"),
        _("The decision stays readable, as reversed. Everybody who was told is told again."),
    ),
    "inform_family": VerbWords(
        _("Record that the family was told"),
        _("recorded that a family was told"),
        _("Who was told, when, and by whom."),
    ),
    "release": VerbWords(
        _("Release remains"),
        _("released remains"),
        _("To the family, or back to the other party."),
    ),
    "bury": VerbWords(
        _("Record a burial"),
        _("recorded a burial"),
        _("Where the remains lie, named or under their number."),
    ),
    "add_document": VerbWords(
        _("Add a document"),
        _("added a document"),
        _("A paper or file that belongs to a record."),
    ),
    "acknowledge_notice": VerbWords(
        _("Mark as read"),
        _("read a notice"),
        _("The notice no longer waits."),
    ),
}
"""Every verb of the table."""
