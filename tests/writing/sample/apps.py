from django.apps import AppConfig


class SampleConfig(AppConfig):
    name = "tests.writing.sample"
    label = "sample"
