"""What each problem code means and what to correct; the facts of the case stand beside it."""

from __future__ import annotations

from collections.abc import Mapping

from antigone.render.language import _

Words = tuple[str, str]
"""(what is wrong, what to correct)."""


def files() -> Mapping[str, Words]:
    """Files that cannot be read at all."""
    return {
        "missing-file": (_("there is no such file"), _("Check the name and the folder.")),
        "unreadable-file": (_("the file cannot be opened"), _("Check the rights of the file.")),
        "empty-file": (_("the file is empty"), _("Export it again.")),
        "empty-table": (_("the table has no rows"), _("Export it again.")),
        "encoding": (_("the encoding of the text is wrong"), _("Save the file again as UTF-8.")),
        "wrong-encoding": (_("the encoding of the text is wrong"), _("Save the file again as UTF-8.")),
        "separator": (
            _("the columns are not separated by commas"),
            _("Save the file as CSV with commas, in UTF-8."),
        ),
        "two-files": (_("the same table is there twice"), _("Remove the one that is not meant.")),
        "broken-parquet": (_("the file is damaged"), _("Export it again.")),
        "unknown-input": (_("this kind of file is not known"), _("Name a case folder or a .fam file.")),
        "format": (
            _("the format is not one that this version reads"),
            _("Correct the line format = ..., or use the version that wrote the file."),
        ),
        "folder-not-empty": (_("the folder is in use"), _("Nothing is overwritten: name a new folder.")),
        "folder-locked": (
            _("another process is writing into the folder"),
            _("Wait until it has ended, or name another folder."),
        ),
        "record-changed": (
            _("the record of what was compared is not as it was written"),
            _("Restore the folder from a copy, or screen into a new folder."),
        ),
        "file-exists": (_("the file exists"), _("Nothing is overwritten: name a new file.")),
        "bad-json": (_("this is not JSON"), _("Correct the text at this place.")),
        "bad-toml": (_("this is not TOML"), _("Correct the line.")),
        "not-toml": (_("this is not TOML"), _("Correct the line.")),
        "and-more": (_("more problems of the same kind"), _("Correct those listed, then read again.")),
    }


def tables() -> Mapping[str, Words]:
    """Rows, columns and cells."""
    return {
        "unknown-column": (_("this column is not known"), _("Correct its name in the header.")),
        "missing-column": (_("a column is missing"), _("Add it to the header.")),
        "column-twice": (_("a column is there more than once"), _("Remove or rename one of them.")),
        "column-kind": (
            _("the cells of this column are neither texts nor numbers"),
            _("Export it with one value in each cell."),
        ),
        "too-many-cells": (
            _("the row is longer than the header"),
            _("Put a cell that holds a comma in quotes, or correct the row."),
        ),
        "open-quote": (_("a quote is not closed"), _("Close it in this row or remove it.")),
        "empty-cell": (_("the cell is empty"), _("Fill it in.")),
        "role": (_("the role is not known"), _("Write missing, relative, remains or staff.")),
        "sex": (_("the sex is not known"), _("Write male, female or unknown.")),
        "scope": (_("the scope is not known"), _("Write kinship, direct or none.")),
        "yes-no": (_("the answer is not known"), _("Write yes or no.")),
        "count": (_("this is not a count"), _("Correct the number.")),
        "decimal-comma": (
            _("the number has a decimal comma"),
            _("Write decimal points throughout."),
        ),
        "probability": (_("this is not a probability"), _("Correct the number.")),
        "value-differs": (
            _("rows that belong together say different things"),
            _("Write the same value in all of them, or in the first alone."),
        ),
    }


def kinship() -> Mapping[str, Words]:
    """Persons, families and remains."""
    return {
        "person-twice": (_("the person is listed more than once"), _("Keep one entry, or rename one.")),
        "one-parent": (
            _("only one parent is named"),
            _("Name the other one too, as a person of the family; nothing else need be known."),
        ),
        "unknown-parent": (_("the parent is not listed"), _("Add the parent, or correct the name.")),
        "parent-sex": (_("the sex of a parent does not fit"), _("Correct the sex, or the parent.")),
        "same-parents": (_("father and mother are one person"), _("Correct one of the two.")),
        "own-ancestor": (
            _("the person is among their own ancestors"),
            _("Correct the parents along this line."),
        ),
        "unknown-twin": (_("the twin is not listed"), _("Add the twin, or correct the name.")),
        "twin-parents": (_("the twins do not have the same parents"), _("Correct parents or twins.")),
        "twin-sex": (_("the twins differ in sex"), _("Correct the sex, or remove the twins.")),
        "lone-twin": (_("the twin has no twin"), _("Give both twins the same text, or remove it.")),
        "inbred-child": (
            _("inbreeding is stated for a person with parents"),
            _("Remove it: inbreeding follows from the pedigree."),
        ),
        "parent-sex-unknown": (_("the sex of a parent is unknown"), _("State the sex of the parent.")),
        "two-parents-of-one-sex": (_("two parents are of one sex"), _("Correct a sex, or a relation.")),
        "family-without-missing": (
            _("the family misses nobody"),
            _("Mark who is missing, or leave the family out."),
        ),
        "family-absent": (_("the person belongs to no family"), _("Name the family, or correct the role.")),
        "family-twice": (_("two families have one name"), _("Rename one of them.")),
        "several-pedigrees": (
            _("the family has several different pedigrees"),
            _("Decide on one and delete the others."),
        ),
        "remains-with-family": (_("remains are listed in a family"), _("Empty the cell, or correct the role.")),
        "remains-with-kin": (_("remains have an entry of kinship"), _("Empty the cell, or correct the role.")),
        "remains-twice": (_("the remains are listed more than once"), _("Keep one entry, or rename one.")),
        "staff-with-family": (
            _("somebody of the staff is listed in a family"),
            _("Empty the cell, or correct the role; a person who is also a relative has a second row, in the family."),
        ),
        "staff-with-kin": (
            _("somebody of the staff has an entry of kinship"),
            _("Empty the cell, or correct the role."),
        ),
        "staff-twice": (
            _("the identifier is there more than once among remains and staff"),
            _("Keep one entry, or rename one."),
        ),
        "no-persons": (_("the file has nobody in it"), _("Export the case together with its persons.")),
        "pedigree-twice": (_("two pedigrees have one name"), _("Rename one of them.")),
    }  # fmt: skip


def profiles() -> Mapping[str, Words]:
    """Samples, loci and alleles."""
    return {
        "profile-of-unknown-person": (
            _("the sample is of nobody listed"),
            _("Add the person to persons.csv, or correct family and person."),
        ),
        "two-samples": (_("the person has two samples"), _("Keep one, or join them into one profile.")),
        "sample-of-two": (
            _("one sample is listed for two persons"),
            _("Correct the sample, or the person."),
        ),
        "locus-typed-twice": (_("the locus is there twice for one sample"), _("Keep one of the two.")),
        "unknown-locus": (_("the locus is not known"), _("Correct the name, or name a table that has it.")),
        "locus-not-in-table": (
            _("no frequency table of the case has this locus"),
            _("Add the locus to a table, or leave it out."),
        ),
        "allele": (
            _("this is not an allele"),
            _("Write one allele in a cell; leave the cell empty where nothing was seen."),
        ),
        "allele-not-in-table": (
            _("the frequency database does not have this allele"),
            _("Add the allele to the database."),
        ),
        "allele-gap": (_("an allele is missing before another one"), _("Move the alleles to the left.")),
        "too-many-alleles": (
            _("there are more than two alleles"),
            _("Correct the alleles, or state the drop-in probability of the sample."),
        ),
        "homozygous": (
            _("homozygous is marked for a call that is not one allele"),
            _("Correct the mark, or the alleles."),
        ),
        "unknown-kit": (_("the kit is not known"), _("Correct its name, or leave the cell empty.")),
        "scope-differs": (
            _("rows of one sample say different things about what it may be used for"),
            _("Write the same scope in all of them."),
        ),
        "dropout-differs": (
            _("dropout differs between the loci of one sample"),
            _("Set one dropout probability for all loci, or none."),
        ),
    }


def numbers() -> Mapping[str, Words]:
    """Frequencies, settings and models."""
    return {
        "frequency": (_("this is not a frequency"), _("Correct the number.")),
        "frequency-sum": (_("the frequencies of a locus sum to more than 1"), _("Correct them.")),
        "allele-twice": (_("the allele is there twice"), _("Keep one of the two.")),
        "locus-twice-in-table": (_("the locus is there twice, under two names"), _("Keep one of the two.")),
        "unknown-table": (_("there is no table of this name"), _("Correct the name.")),
        "table-twice": (_("two tables have one name"), _("Name each table once.")),
        "no-tables": (_("the case names no frequency table"), _("Name at least one.")),
        "unknown-key": (_("this setting is not known"), _("Correct or remove it: no setting is ignored.")),
        "missing-key": (_("a setting is missing"), _("Add it.")),
        "wrong-value": (_("the setting has a wrong value"), _("Correct it.")),
        "no-prior": (
            _("the prior is not stated"),
            _("It is asked for, never guessed from the number of families."),
        ),
        "prior-too-small": (
            _("the number of all missing is too small"),
            _("Count all missing who could lie here, those without a family sample included."),
        ),
        "no-reason": (
            _("nothing outside the list is held possible, and no reason is given"),
            _("Write the reason, or give a probability above 0."),
        ),
        "prior-impossible": (
            _("M and q allow no answer"),
            _("M counts all missing who could lie here; q is above 0 where remains may be of nobody counted."),
        ),
        "shares-sum": (_("shares of one whole do not sum to 1"), _("Correct them.")),
        "no-source": (_("the figure has no source"), _("Name it, or write: our assumption.")),
        "theta": (_("theta is out of range"), _("Correct the number.")),
        "mutation-rate": (_("the mutation rate is out of range"), _("Correct the rate.")),
        "mutation-impossible": (_("the mutation model cannot be built"), _("Correct the rate.")),
        "matrix-shape": (_("the mutation matrix has a wrong size"), _("Correct alleles or matrix.")),
        "matrix-not-stochastic": (_("the rows of the mutation matrix do not sum to 1"), _("Correct the row.")),
        "matrix-unused": (_("a matrix is given for a named model"), _("Correct the kind, or remove it.")),
        "stepwise-allele": (
            _("a stepwise mutation model counts repeats, and this allele has none"),
            _("Rename the allele, or choose another model."),
        ),
        "no-common-locus": (_("table and profiles have no locus in common"), _("Name another table.")),
        "frequencies-negative": (_("a frequency is negative"), _("Correct the table.")),
        "frequencies-no-mass": (_("a locus has no frequencies above 0"), _("Correct the table.")),
        "frequencies-above-one": (
            _("the frequencies of a locus sum to more than 1"),
            _("Correct the table."),
        ),
        "frequencies-absent-allele": (
            _("the table does not have an allele of the case, and the policy refuses that"),
            _("Add the allele to the table, or set frequency.absent."),
        ),
    }  # fmt: skip


def familias() -> Mapping[str, Words]:
    """Lines of a Familias file."""
    step = _("Save the case again in Familias; the file must not be edited by hand.")
    return {
        "not-familias": (_("this is not a Familias file"), _("Export the case from Familias.")),
        "truncated": (_("the file ends too early"), _("Export it again; a part of it is lost.")),
        "fam-out-of-step": (_("something else is expected here"), step),
        "not-a-count": (_("this is not the number expected here"), step),
        "not-a-number": (_("this is not a number"), step),
        "not-a-flag": (_("this is not the mark expected here"), step),
        "count-differs": (_("the number of entries does not fit the count"), step),
        "fam-no-name": (_("the person has no name"), step),
        "fam-person-index": (_("the relation points to nobody"), step),
        "fam-locus-index": (_("the genotype points to no locus"), step),
        "fam-allele-index": (_("the genotype points to no allele"), step),
        "fam-probabilities": (
            _("the file holds results of an earlier calculation"),
            _("Clear the results in Familias and save again."),
        ),
        "fam-not-dvi": (
            _("the file asks a question of kinship and holds no remains"),
            _("Use the command given."),
        ),
        "fam-is-dvi": (_("the file holds remains and families"), _("Use the command given.")),
        "fam-cannot-hold": (
            _("a Familias file cannot hold this"),
            _("Write a case folder instead, or change the case."),
        ),
    }


def questions() -> Mapping[str, Words]:
    """What was asked of the program."""
    return {
        "no-remains": (_("the case has no remains"), _("Add them, or use the command kinship.")),
        "no-families": (_("the case has no family that misses anybody"), _("Add one.")),
        "option-missing": (_("an option is missing"), _("Give all of them, or none.")),
        "unknown-remains": (_("the case has no such remains"), _("Correct the identifier.")),
        "unknown-family": (_("the case has no such family"), _("Correct the name.")),
        "unknown-missing": (_("the family misses nobody of this name"), _("Correct the identifier.")),
        "no-hypothesis": (
            _("there is nothing to compare"),
            _("Add the other pedigree to the file; a ratio needs two."),
        ),
        "unknown-hypothesis": (_("the question has no such hypothesis"), _("Correct the name.")),
        "too-complex": (
            _("an exact answer does not fit on this machine, and no other is given"),
            _("Leave out persons who connect nobody typed, type further founders, or divide the case."),
        ),
    }


def clusters() -> Mapping[str, Words]:
    """Schedulers and workers that cannot be used."""
    return {
        "cluster-not-installed": (
            _("what a cluster needs is not installed here"),
            _("Install it, or run without a cluster."),
        ),
        "cluster-unreachable": (
            _("no scheduler answers at this address"),
            _("Start it, or correct the address; what is finished is kept."),
        ),
        "cluster-certificates": (
            _("the address and the certificates in dask's settings do not fit together"),
            _("Name the certificates in the file of DASK_CONFIG, or use an address of the other kind."),
        ),
        "cluster-no-workers": (
            _("the scheduler has no workers"),
            _("Start at least one; what is finished is kept."),
        ),
        "cluster-version": (
            _("this worker would not compute the same"),
            _("Install the same versions everywhere, on machines of one kind."),
        ),
        "cluster-block-fails": (
            _("every worker that was given one of the blocks was lost"),
            _("Give the workers more memory, or see what they report; what is finished is kept."),
        ),
    }


def facts() -> Mapping[str, Words]:
    """What the sides say: fields, names and figures of a facts file."""
    return {
        "missing-field": (_("a field is missing"), _("Add it.")),
        "unknown-field": (_("this field is not known"), _("Correct or remove it.")),
        "unknown-word": (_("this word is not known"), _("Use one of the words given.")),
        "name-twice": (_("two entries have one name"), _("Keep one of the two, or rename one.")),
        "wrong-kind": (_("the field has a wrong value"), _("Correct it.")),
        "wrong-format": (_("the format is not one that this version reads"), _("Correct the format.")),
        "bad-date": (_("this is not a date"), _("Correct it.")),
        "dates-reversed": (_("the period ends before it begins"), _("Exchange the two days.")),
        "bad-digest": (_("the digest does not fit"), _("Correct the digest, or use the document it is of.")),
        "bad-span": (_("the span is not a place in the document"), _("Correct the span.")),
        "count-empty": (_("the count is empty"), _("State a number, or leave the count out.")),
        "count-reversed": (_("the count ends below its beginning"), _("Exchange the two numbers.")),
        "no-facts": (_("there are no facts here"), _("Name a facts file, or a folder with one.")),
        "no-statements": (_("the facts hold no statements"), _("Add at least one.")),
        "quantity-without-count": (_("a quantity is named without a count"), _("State the count.")),
        "other-quantity": (_("the statements are of different quantities"), _("Correct one of them.")),
        "relation-to-itself": (_("the statement refers to itself"), _("Name another statement.")),
        "total-without-date": (_("a total has no date"), _("State the day it holds for.")),
        "unknown-document": (_("the document is not listed"), _("Add it, or correct the name.")),
        "unknown-party": (_("the party is not listed"), _("Add it, or correct the name.")),
        "unknown-quantity": (_("the quantity is not listed"), _("Add it, or correct the name.")),
        "unknown-speaker": (_("the speaker is not listed"), _("Add the speaker, or correct the name.")),
        "unknown-target": (_("the other statement is not listed"), _("Add it, or correct the id.")),
    }  # fmt: skip
