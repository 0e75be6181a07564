"""The look of forms lives in the kernel, where every app may use it."""

from klankbord.core.forms import *  # noqa: F403
from klankbord.core.forms import has_optional_mark, kind_of, mistakes

__all__ = ["has_optional_mark", "kind_of", "mistakes"]
