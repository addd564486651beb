"""The small part of Markdown that the documents use."""
import html
import re


def to_html(text):
    return "\n".join(convert_block(block) for block in re.split(r"\n{2,}", text.strip()))


def convert_block(block):
    heading = re.match(r"(#{1,6}) (.*)$", block)
    if heading:
        level = len(heading[1])
        return f"<h{level}>{convert_words(heading[2])}</h{level}>"
    if block.startswith("- "):
        items = "".join(f"<li>{convert_words(line[2:])}</li>" for line in block.splitlines())
        return f"<ul>{items}</ul>"
    return f"<p>{convert_words(block)}</p>"


def convert_words(words):
    words = html.escape(words)
    words = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", words)
    return re.sub(r"`(.+?)`", r"<code>\1</code>", words)
