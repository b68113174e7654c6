"""`{% url %}` with remembered addresses."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as compile_url
from django.urls import NoReverseMatch
from django.utils.html import conditional_escape

from toetssteen.foundation.addresses import reverse

register = template.Library()


class RememberedURLNode(URLNode):
    """The same tag as Django's, for names without a namespace."""

    def render(self, context: Context) -> str:
        name: Any = self.view_name.resolve(context)
        if ":" in name:
            return str(super().render(context))
        args = [arg.resolve(context) for arg in self.args]
        kwargs = {key: value.resolve(context) for key, value in self.kwargs.items()}
        try:
            address = reverse(name, args, kwargs)
        except NoReverseMatch:
            if self.asvar is None:
                raise
            address = ""
        if self.asvar:
            context[self.asvar] = address
            return ""
        return conditional_escape(address) if context.autoescape else address


@register.tag("url")
def url(parser: Parser, token: Token) -> URLNode:
    """The address of a page by its name."""
    node: URLNode = compile_url(parser, token)
    return RememberedURLNode(node.view_name, node.args, node.kwargs, node.asvar)
