"""Values -> text, tables, SVG, HTML. Rooms speak in codes; the sentences are made here."""

from antigone.render.account_html import account_html
from antigone.render.account_svg import account_svg
from antigone.render.account_text import account_text
from antigone.render.case_html import case_html
from antigone.render.case_text import case_text
from antigone.render.kinship_text import kinship_text
from antigone.render.language import translate_by
from antigone.render.pedigree_svg import draw_pedigree, pedigree_svg
from antigone.render.permission_tables import permissions_markdown
from antigone.render.problems import place_words, problem_sentence, refusal_text
from antigone.render.refusal_words import refusal_sentence
from antigone.render.score_html import score_html
from antigone.render.score_text import score_text
from antigone.render.screening_html import screening_html
from antigone.render.screening_text import screening_text
from antigone.render.tally_svg import Lane, Segment, tally_svg
from antigone.render.verify_text import verify_text
from antigone.render.war_text import scenarios_text, war_text

__all__ = [
    "Lane",
    "Segment",
    "account_html",
    "account_svg",
    "account_text",
    "case_html",
    "case_text",
    "draw_pedigree",
    "kinship_text",
    "pedigree_svg",
    "permissions_markdown",
    "place_words",
    "problem_sentence",
    "refusal_sentence",
    "refusal_text",
    "scenarios_text",
    "score_html",
    "score_text",
    "screening_html",
    "screening_text",
    "tally_svg",
    "translate_by",
    "verify_text",
    "war_text",
]
