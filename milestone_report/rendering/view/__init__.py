"""The report made ready to show, for the page and the mail: words and strings, no money sums, no markup.

`page.view` puts it together; the templates only lay it out.
"""
