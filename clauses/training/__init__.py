"""Makes the reader's weights from labelled paragraphs. Needs the packages of requirements-train.txt; reading does not."""
