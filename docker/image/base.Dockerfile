# Four Debian packages and nothing else: no shell, no package manager.
FROM scratch
ADD base.tar /
