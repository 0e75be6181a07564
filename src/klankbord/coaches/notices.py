"""What notifications about coaches say."""

from klankbord.coaches import notices_of_growth
from klankbord.people.messages import Message

MESSAGES: tuple[Message, ...] = (*notices_of_growth.MESSAGES,)
