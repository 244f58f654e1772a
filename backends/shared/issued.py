"""What the civil status registry issued, as the agencies after it are given it."""

from backends.shared.fields import Line, PersonalNumber
from models.kernel.base import Message


class RegisteredBirth(Message):
    """The facts of the birth certificate an agency relies on."""

    personal_number: PersonalNumber
    full_name: Line | None = None


class IssuedBefore(Message):
    """`evidence.issued`: the results of the procedures before this one."""

    register_birth: RegisteredBirth
