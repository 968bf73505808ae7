"""A real OpenID provider on this machine: Canaille, with people of a school that is invented.

`python openid_provider.py PORT REDIRECT` serves it until its standard input ends. It takes one command a line there,
and answers each with a line: `rotate` makes new keys and forgets the old ones, `factors password otp` says what people
are asked for.
"""

from __future__ import annotations

import datetime
import logging
import os
import sys
import threading
import uuid

CLIENT, SECRET = "sentrum", "het-geheim-van-de-proef"
PASSWORD = "vijf gele tulpen in een vaas"
TOTP = "12345678901234567890"
PEOPLE = {"ilse": "school-99aa", "stranger": "school-99aa", "student": "pupils-99aa"}
"""Who has an account there, and the group that says of which organisation."""


def key():
    from joserfc.jwk import RSAKey

    return RSAKey.generate_key(2048, auto_kid=True).as_dict(private=True)


def main(port: int, redirect: str) -> None:
    # Plain HTTP stays on this machine.
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
    from canaille import create_app
    from canaille.app import models
    from canaille.backends import Backend
    from werkzeug.serving import make_server

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    here = f"localhost:{port}"
    app = create_app(
        config={
            "SECRET_KEY": str(uuid.uuid4()),
            "SERVER_NAME": here,
            "PREFERRED_URL_SCHEME": "http",
            "SESSION_COOKIE_SECURE": False,
            "CANAILLE": {
                "DATABASE": "memory",
                "JAVASCRIPT": False,
                "SMTP": None,
                "AUTHENTICATION_FACTORS": ["password", "otp"],
                "OTP_METHOD": "TOTP",
                "ACL": {"DEFAULT": {"PERMISSIONS": ["use_oidc", "manage_oidc"]}},
            },
            "CANAILLE_OIDC": {"ACTIVE_JWKS": [key()]},
        },
        env_file=None,
    )
    with app.app_context():
        backend = Backend.instance
        groups: dict[str, list] = {}
        for name, group in PEOPLE.items():
            user = models.User(
                user_name=name,
                family_name="Verzonnen",
                given_name=name.title(),
                formatted_name=f"{name.title()} Verzonnen",
                emails=[f"{name}@school.example"],
                password=PASSWORD,
                secret_token=TOTP,
                last_otp_login=datetime.datetime.now(datetime.UTC),
            )
            backend.save(user)
            groups.setdefault(group, []).append(user)
        for name, members in groups.items():
            backend.save(models.Group(display_name=name, members=members, description=name))
        client = models.Client(
            client_id=CLIENT,
            client_secret=SECRET,
            client_name="SENtrum",
            client_uri="http://127.0.0.1",
            redirect_uris=[redirect],
            grant_types=["authorization_code"],
            response_types=["code"],
            scope=["openid", "profile", "email", "groups"],
            token_endpoint_auth_method="client_secret_basic",
            client_id_issued_at=datetime.datetime.now(datetime.UTC),
        )
        backend.save(client)
        client.audience = [client]
        backend.save(client)

    server = make_server("localhost", port, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print("ready", flush=True)
    for line in sys.stdin:
        word, *rest = line.split()
        if word == "rotate":
            app.config["CANAILLE_OIDC"]["ACTIVE_JWKS"] = [key()]
        elif word == "factors":
            app.config["CANAILLE"]["AUTHENTICATION_FACTORS"] = rest
        print("done", flush=True)
    server.shutdown()


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
