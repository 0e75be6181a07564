"""Rounding off."""


def closing(request, **kw):
    raise NotImplementedError


def begin(request, **kw):
    raise NotImplementedError


def report(request, **kw):
    raise NotImplementedError


def close_now(request, **kw):
    raise NotImplementedError


def crib(request, **kw):
    raise NotImplementedError


def share(request, **kw):
    raise NotImplementedError


def stop_sharing(request, **kw):
    raise NotImplementedError


def shared_text(request, **kw):
    raise NotImplementedError
