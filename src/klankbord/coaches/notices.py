"""What notifications about coaches say."""

from klankbord.people.messages import Message

MESSAGES: tuple[Message, ...] = ()
