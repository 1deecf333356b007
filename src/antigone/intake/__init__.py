"""Files <-> values and columns: profiles, families, settings; everything wrong is named at once."""

from antigone.intake.case_columns import CaseColumns
from antigone.intake.codec import from_json, json_schema, to_json, to_plain
from antigone.intake.columns_page import columns_markdown
from antigone.intake.columns_write import new_folder, write_case_columns, write_columns
from antigone.intake.coverage_files import SCREENING_FORMAT
from antigone.intake.fam_write import write_fam
from antigone.intake.folder_write import write_folder
from antigone.intake.frequency_tables import read_table, shipped_tables, table_digest
from antigone.intake.reading import read_case, read_case_columns, read_question
from antigone.intake.register_policy import RegisterPolicy, read_register_policy, read_used, write_used
from antigone.intake.register_values import (
    FAMILY_HYPOTHESIS,
    PAIR_HYPOTHESES,
    family_question,
    figure_holds,
    figure_text,
    pair_question,
    pedigree_members,
    pedigree_of,
    profile_of,
)
from antigone.intake.run_folder import RunFolder
from antigone.intake.settings_text import example_settings
from antigone.intake.toml_values import read_value

__all__ = [
    "FAMILY_HYPOTHESIS",
    "PAIR_HYPOTHESES",
    "SCREENING_FORMAT",
    "CaseColumns",
    "RegisterPolicy",
    "RunFolder",
    "columns_markdown",
    "example_settings",
    "family_question",
    "figure_holds",
    "figure_text",
    "from_json",
    "json_schema",
    "new_folder",
    "pair_question",
    "pedigree_members",
    "pedigree_of",
    "profile_of",
    "read_case",
    "read_case_columns",
    "read_question",
    "read_register_policy",
    "read_table",
    "read_used",
    "read_value",
    "shipped_tables",
    "table_digest",
    "to_json",
    "to_plain",
    "write_case_columns",
    "write_columns",
    "write_fam",
    "write_folder",
    "write_used",
]
