"""Steps that several actions take. They are no actions of their own: the action leaves the audit row."""

from klankbord.people.models import Account


def account_for(*, email: str) -> Account:
    """The account that signs in with this address, made when it is not there yet."""
    known = Account.objects.filter(email=email).first()
    return known or Account.objects.create_user(email)
