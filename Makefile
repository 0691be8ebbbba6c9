# Each command sets up what it needs; the work itself is in build/*.sh.

.PHONY: help setup run test lock bundle

help:
	@echo "make run     open the app with the demo (without a display: run the demo in the terminal)"
	@echo "make test    linters, types and tests, as CI runs them"
	@echo "make setup   only prepare .venv, the dependencies and the system libraries"
	@echo "make lock    pin the dependencies of pyproject.toml again"
	@echo "make bundle  build the application folder in dist/"

setup:
	@sh build/setup.sh

run:
	@sh build/run.sh

test:
	@sh build/test.sh

lock:
	@sh build/lock.sh

bundle:
	@sh build/bundle.sh
