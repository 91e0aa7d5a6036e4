"""Makes the reader's weights from labelled paragraphs. It needs requirements-train.txt; reading does not."""
