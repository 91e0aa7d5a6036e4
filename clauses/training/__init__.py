"""Makes the reader's weights from labelled paragraphs. It needs requirements-train.txt; reading does not."""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")  # threads that share a busy core spend their time waiting
