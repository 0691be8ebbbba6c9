"""The services customers write from, each behind the same small protocol.

A platform is a folder and a line in `registry`. Nothing outside its folder asks which
platform it is: what differs is a field of its manifest.
"""
