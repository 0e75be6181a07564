"""What notifications about coaches say."""

from klankbord.coaches.lending import notices as lending
from klankbord.people.messages import Message

MESSAGES: tuple[Message, ...] = (*lending.MESSAGES,)
