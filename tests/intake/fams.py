"""Small Familias files, made from text; the tests spoil them in one place."""

from __future__ import annotations

from pathlib import Path

LOCI = """#FALSE# (#Databases: 1 ;Theta/Kinship/Fst: 0.02 )
2
#TRUE#
"Example database"
"TH01"
0.001
0.002
{model}
{model}
3
0.1
0.1
1e-006
1e-006
#FALSE#
0
3\t(DatabaseSize = 500 , Dropout probability = 0.05 , Minor allele frequency = 0 )
"6"
0.2
"7"
0.3
"9.3"
0.5
"VWA"
0
0
0
0
3
0.1
0.1
0.0
0.0
#TRUE#
0.01
2\t(DatabaseSize = 500 , Dropout probability = 0.05 , Minor allele frequency = 0 )
"16"
0.4
"17"
0.59
"""

HEAD = """"Output from Familias, version 3.3.1"
"DO NOT EDIT!"
{version}
""
"""

PATERNITY = """3
"AF"
#FALSE#
-1
#FALSE#
#TRUE#
2
0
2
0
0
1
1
"MO"
#FALSE#
-1
#FALSE#
#FALSE#
0
"CH"
#FALSE#
-1 (Consider dropouts)
#FALSE#
#FALSE#
1
2
2
0
"Known relations"
0
0
1
1
2
2
0
"H1"
0
0
1
0
2
1
"H2"
0
1
1
3
2
"""

DVI = """
[DVI]
[[Unidentified persons]]
nPersons= 1
[[[Person 1 ]]]
Name= V1
Gender= Male
[[[[DNA data]]]]
nSystems= 2
SystemName= TH01
Allele1= 6
Allele2= 9.3
SystemName= VWA
Allele1= 16
Allele2= 16
[[Notes]]
nFamilies= 1

[[Reference Families]]
nFamilies= 1
[[[Family 1 ]]]
Name= F1
[[[[Persons]]]]
nPersons= 3
[[[[[Person 1]]]]]
Name= Wife
Gender= Female
[[[[[[DNA data]]]]]]
nSystems= 1
SystemName= TH01
Allele1= 7
Allele2= 7
[[[[[Person 2]]]]]
Name= Son
Gender= Male
[[[[[[DNA data]]]]]]
nSystems= 1
SystemName= TH01
Allele1= 6
Allele2= 7
[[[[[Person 3]]]]]
Name= Missing female 1
Gender= Female
[[[[[[DNA data]]]]]]
nSystems= 0
[[[[Pedigrees]]]]
nPedigrees= 2
[[[[[Pedigree 1]]]]]
Name= Reference pedigree
nRelations= 0
[[[[[Pedigree 2]]]]]
Name= PED-1
nRelations= 2
Parent= Missing person
Child= Son
Parent= Wife
Child= Son
[Prior]
UseList= Yes
Size= 3
[Advanced]
[[Direct/Identity]]
Dropin= 0.01
Dropout= 0.05
Error= 0
"""


def dvi_text(model: int = 4) -> str:
    loci = LOCI.replace("{model}", str(model))
    nobody = '0\n"Known relations"\n0\n0\n0\n0\n'
    return HEAD.replace("{version}", "3.3.1 (DVI)") + nobody + loci + DVI


def question_text(model: int = 4) -> str:
    loci = LOCI.replace("{model}", str(model))
    return HEAD.replace("{version}", "3.3.1") + PATERNITY + loci


def write(folder: Path, text: str, name: str = "case.fam") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, "utf-8")
    return folder / name


def spoiled(folder: Path, text: str, old: str, new: str) -> Path:
    """The file with one text replaced that must be there."""
    assert old in text, f"{old!r} is not in the file"
    return write(folder, text.replace(old, new, 1))
