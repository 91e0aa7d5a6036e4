"""The one place that opens a connection to another machine. It knows no database and no settings of the site."""

from platforms.fetching.addresses import host_of
from platforms.fetching.answers import Conditions, Fetched, PageFetcher
from platforms.fetching.failures import Failure, FetchFailed
from platforms.fetching.fetch import Fetcher
from platforms.fetching.limits import PRODUCT, Limits

__all__ = ["PRODUCT", "Conditions", "Failure", "FetchFailed", "Fetched", "Fetcher", "Limits", "PageFetcher", "host_of"]
