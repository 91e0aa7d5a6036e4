"""`python -m tests.lighthouse`."""

import os

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conductatlas.settings")
    django.setup()
    from tests.lighthouse.command import main

    main()
