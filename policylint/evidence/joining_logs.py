"""What logs saw, to the devices of inventories: by DeviceId, then by the user, without regard to case."""

from collections.abc import Iterable

from policylint.evidence.fleet import Device, Seen
from policylint.evidence.spellings import ADDRESS, LOGIN, Spelling, short_name, spelling
from policylint.evidence.users import User, Users


def join_logs(devices: list[Device], users: Users, seen: Iterable[Seen]) -> list[User]:
    r"""Give each device what logs have of it, add the devices of which only logs know, return the users likewise.

    On one device, spellings of a user are the same where what stands after a `\` or before an `@` is. A user whom no
    list and no inventory names is taken for the owner that an inventory has of the device, if there is just one of
    each: inventories have names of the directory where logs have names to sign in with.
    """
    grouped: dict[str, list[Seen]] = {}
    for each in sorted(seen, key=lambda each: (each.device.casefold(), each.user.casefold())):
        grouped.setdefault(each.device.casefold(), []).append(each)
    owned: dict[str, list[Device]] = {key: [] for key in grouped}
    for device in devices:
        if device.id is not None and device.id.casefold() in owned:
            owned[device.id.casefold()].append(device)
    joints = [_Joint(own, grouped[key], users) for key, own in owned.items()]
    strangers = _Strangers()
    for joint in joints:
        for alike in joint.unknown.values():
            strangers.meet(alike, joint.lone_owner)
    for joint in joints:
        devices += joint.join(strangers)
    return strangers.users()


class _Joint:
    """One device id: the devices that inventories have of it, and what logs saw of it."""

    def __init__(self, owned: list[Device], seen: list[Seen], users: Users) -> None:
        self._id = min(each.device for each in seen)
        self._owned = owned
        self._devices = list(owned)
        self._unnamed = [each for each in seen if not each.user]
        self._known: list[tuple[User, Seen]] = []
        self.unknown: dict[str, list[Seen]] = {}
        for each in seen:
            user = users.find(each.user) or self._alike(each.user) if each.user else None
            if user is not None:
                self._known.append((user, each))
            elif each.user:
                self.unknown.setdefault(short_name(each.user), []).append(each)

    @property
    def lone_owner(self) -> User | None:
        """The owner of the device, if there is one, no log names that owner, and only one other user is named."""
        if len(self._owned) != 1 or len(self.unknown) != 1:
            return None
        owner = self._owned[0].user
        return None if not owner.spellings or any(user is owner for user, _ in self._known) else owner

    def join(self, strangers: "_Strangers") -> list[Device]:
        """Give the devices what was seen of them, and return those that are new."""
        for user, each in self._known:
            self._device_of(user).seen.append(each)
        for alike in self.unknown.values():
            for each in alike:
                self._device_of(strangers.user(each.user)).seen.append(each)
        only = self._devices[0].user if len(self._devices) == 1 else User()
        for each in self._unnamed:
            self._device_of(only).seen.append(each)
        return self._devices[len(self._owned) :]

    def _alike(self, text: str) -> User | None:
        """Return the only owner of the device who has a spelling like this."""
        short = short_name(text)
        alike = {
            device.user
            for device in self._owned
            if any(each.key == short or _shortened(each) == short for each in device.user.spellings)
        }
        return next(iter(alike)) if len(alike) == 1 else None

    def _device_of(self, user: User) -> Device:
        for device in self._devices:
            if device.user is user or not (user.spellings or device.user.spellings):
                return device
        for device in self._devices:
            if not device.user.spellings:
                device.user = user  # the inventory has no users, or not this one
                return device
        self._devices.append(Device(self._id, user, ()))
        return self._devices[-1]


def _shortened(each: Spelling) -> str | None:
    return short_name(each.text) if each.kind in (ADDRESS, LOGIN) else None


class _Strangers:
    """Users whom no list and no inventory names, by what logs call them."""

    def __init__(self) -> None:
        self._parents: dict[str, str] = {}
        self._texts: dict[str, str] = {}
        self._owners: dict[str, set[User | None]] = {}
        self._users: dict[str, User] = {}
        self._members: dict[str, list[str]] = {}

    def meet(self, alike: list[Seen], owner: User | None) -> None:
        """Take spellings of one user on one device, whose owner the user may be."""
        keys = sorted({each.user.casefold() for each in alike})
        for each in alike:
            key = each.user.casefold()
            self._parents.setdefault(key, key)
            self._texts[key] = min(each.user, self._texts.get(key, each.user))
            self._owners.setdefault(key, set()).add(owner)
        for key in keys[1:]:
            one, other = sorted((self._root(keys[0]), self._root(key)))
            self._parents[other] = one

    def user(self, text: str) -> User:
        """Return the user that a spelling is, the owner of the device where it can be nobody else."""
        root = self._root(text.casefold())
        if root not in self._users:
            keys = self._alike(root)
            owners = set().union(*(self._owners[key] for key in keys))
            owner = next(iter(owners)) if len(owners) == 1 else None
            self._users[root] = owner or _user_of([self._texts[key] for key in keys])
        return self._users[root]

    def users(self) -> list[User]:
        """Return the users that are nobody's owner, in a fixed order."""
        owners = {owner for owners in self._owners.values() for owner in owners}
        return [user for _, user in sorted(self._users.items()) if user not in owners]

    def _alike(self, root: str) -> list[str]:
        if not self._members:
            for key in sorted(self._parents):
                self._members.setdefault(self._root(key), []).append(key)
        return self._members[root]

    def _root(self, key: str) -> str:
        while self._parents[key] != key:
            self._parents[key] = self._parents[self._parents[key]]
            key = self._parents[key]
        return key


def _user_of(texts: list[str]) -> User:
    own = {each for text in texts for each in spelling(text, LOGIN, 5)}
    ordered = sorted(own, key=lambda each: (each.kind != ADDRESS, each.kind != LOGIN, each.key, each.text))
    return User(tuple(ordered))
