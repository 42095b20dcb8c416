"""A Word document in memory: headings, paragraphs and tables of WordprocessingML (ISO/IEC 29500), nothing else."""

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

_NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
_PAGE = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1247" w:bottom="1440" w:left="1247" '
    'w:header="720" w:footer="720" w:gutter="0"/></w:sectPr>'
)
TEXT_WIDTH = 9412
"""Between the margins of an A4 page, in twentieths of a point."""
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)


def paragraph(
    text: str, *, size: int = 21, bold: bool = False, align: str = "left", before: int = 0, after: int = 120
) -> str:
    """size in half points, spaces in twentieths of a point. align: left, center, right."""
    spacing = f'<w:spacing w:before="{before}" w:after="{after}"/><w:jc w:val="{align}"/>'
    return f"<w:p><w:pPr>{spacing}</w:pPr>{_run(text, size, bold)}</w:p>"


def table(head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> str:
    """widths: shares of the text width. The head repeats on every page and no row is torn apart."""
    total = sum(widths)
    columns = [TEXT_WIDTH * width // total for width in widths]
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:color="808080"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
    properties = f'<w:tblPr><w:tblW w:w="{TEXT_WIDTH}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders></w:tblPr>'
    body = _row(head, columns, bold=True, is_head=True) + "".join(_row(row, columns) for row in rows)
    return f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"


def document(parts: Sequence[str]) -> bytes:
    """The file. The same parts make the same bytes."""
    body = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document {_NAMESPACE}><w:body>'
    members = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELATIONS,
        "word/document.xml": f"{body}{''.join(parts)}{_PAGE}</w:body></w:document>",
    }
    return archive({name: text.encode() for name, text in members.items()})


def archive(members: dict[str, bytes]) -> bytes:
    """A zip of these members, without the time it was made."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(zipfile.ZipInfo(name, _FIRST_DAY), content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _row(cells: Sequence[str], widths: Sequence[int], *, bold: bool = False, is_head: bool = False) -> str:
    head = "<w:tblHeader/>" if is_head else ""
    made = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f"{paragraph(cell, size=18, bold=bold, after=20)}</w:tc>"
        for cell, width in zip(cells, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{made}</w:tr>"


def _run(text: str, size: int, bold: bool) -> str:
    fonts = '<w:rFonts w:ascii="Noto Sans" w:hAnsi="Noto Sans" w:eastAsia="SimSun"/>'
    weight = "<w:b/>" if bold else ""
    clean = escape("".join(letter for letter in text if letter >= " " or letter == "\t"))
    return f'<w:r><w:rPr>{fonts}{weight}<w:sz w:val="{size}"/></w:rPr><w:t xml:space="preserve">{clean}</w:t></w:r>'
