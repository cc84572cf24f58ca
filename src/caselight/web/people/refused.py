"""What is said when signing in is refused, by allauth's names for its reasons."""

from __future__ import annotations

from collections.abc import Mapping

REFUSED: Mapping[str, str] = {
    "account_inactive": "This account is closed. Ask an administrator.",
    "email_password_mismatch": "The address or the password is not right. Try again.",
    "enter_current_password": "The current password is not right. Type it again.",
    "incorrect_password": "The password is not right. Type it again.",
    "incorrect_code": "The code is not right, or was used already. Wait for the next one and enter it.",
    "too_many_login_attempts": "There were too many wrong codes. Wait 5 minutes and try again.",
    "rate_limited": "There were too many wrong codes. Wait 5 minutes and try again.",
    "same_as_current": "Choose another password than the one that you have.",
    "cannot_delete_authenticator": "This second step cannot be removed.",
    "cannot_generate_recovery_codes": "Set up an authenticator app or a key first.",
}
