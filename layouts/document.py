"""The HTML document that every page of the screen lives in."""

from urllib.parse import quote


def document(dash_document: str, icon_svg: str) -> str:
    """Dash's own document, with our icon inside it.

    Browsers ask for a linked icon anew with every entry of the history, and each click on the screen adds one.
    """
    link = f'<link rel="icon" type="image/svg+xml" href="data:image/svg+xml,{quote(icon_svg.strip())}">'
    return dash_document.replace("{%favicon%}", link)
