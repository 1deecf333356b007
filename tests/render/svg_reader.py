"""Pictures read back as XML: what a program that does not look at pixels can see."""

from __future__ import annotations

from xml.etree import ElementTree as ET

SVG = "{http://www.w3.org/2000/svg}"


def read(picture: str) -> ET.Element:
    return ET.fromstring(picture)


def texts(picture: str) -> list[str]:
    return [node.text or "" for node in read(picture).iter(f"{SVG}text")]


def ids(picture: str) -> list[str]:
    return [node.attrib["id"] for node in read(picture).iter() if "id" in node.attrib]


def is_named(picture: str) -> bool:
    """Whether the picture has a role, a title and a description that its attributes point to."""
    root = read(picture)
    named = {root.attrib["aria-labelledby"], root.attrib["aria-describedby"]}
    found = {node.attrib["id"] for node in root if node.tag in (f"{SVG}title", f"{SVG}desc") and node.text}
    return root.attrib["role"] == "img" and named == found
