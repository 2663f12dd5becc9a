"""Small files inside a PDF, where any reader lists its attachments (ISO 32000, 7.11.4)."""

from typing import Any

from reportlab.pdfbase import pdfdoc


def attach(document: Any, name: str, text: str) -> None:
    """Put a text into a document of ReportLab’s under that name."""
    stream = pdfdoc.PDFStream(content=text.encode(), filters=[pdfdoc.PDFZCompress])
    stream.dictionary["Type"] = pdfdoc.PDFName("EmbeddedFile")
    held = pdfdoc.PDFDictionary({"F": document.Reference(stream)})
    file = pdfdoc.PDFDictionary(
        {"Type": pdfdoc.PDFName("Filespec"), "F": pdfdoc.PDFString(name), "UF": pdfdoc.PDFString(name), "EF": held}
    )
    named = pdfdoc.PDFArray([pdfdoc.PDFString(name), document.Reference(file)])
    document.Catalog.Names = pdfdoc.PDFDictionary({"EmbeddedFiles": pdfdoc.PDFDictionary({"Names": named})})
