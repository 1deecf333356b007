"""Doors to samples and profiles."""

from antigone.register.doors.door import Door
from antigone.register.models import Profile, Sample

samples = Door(Sample)
profiles = Door(Profile)
