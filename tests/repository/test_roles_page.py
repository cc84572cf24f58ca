"""The page about roles says what the code and the matrix say."""

from tests.repository.roles_page import PAGE, renewed


def test_the_page_of_roles_is_as_the_code_and_the_matrix_are() -> None:
    page = PAGE.read_text("utf-8")
    assert renewed(page) == page, "Renew it: python -m tests.repository.roles_page"
