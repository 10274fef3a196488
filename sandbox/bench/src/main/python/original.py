"""The Flask app with which the bench compares the reverser: a typical first version of such an app.

Each request opens a database connection, creates the table if it is missing, inserts a row for the visit, and counts all
rows for the response.
"""

import os

import pymysql
from flask import Flask, jsonify, request

app = Flask(__name__)


@app.get("/")
def show():
    ip = request.headers.get("X-Forwarded-For", request.remote_addr)
    reverse = ".".join(reversed(ip.split(".")))
    with connect() as database, database.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE IF NOT EXISTS original_visit"
            " (id BIGINT AUTO_INCREMENT PRIMARY KEY, ip VARCHAR(40), reversed VARCHAR(40))"
        )
        cursor.execute("INSERT INTO original_visit (ip, reversed) VALUES (%s, %s)", (ip, reverse))
        database.commit()
        cursor.execute("SELECT ip, reversed, COUNT(*) FROM original_visit GROUP BY ip, reversed")
        visits = [{"ip": ip, "reversed": reverse, "count": count} for ip, reverse, count in cursor]
    return jsonify(ip=ip, reversed=reverse, visits=visits)


def connect():
    return pymysql.connect(
        host=os.environ["MYSQL_HOST"],
        port=int(os.environ["MYSQL_PORT"]),
        database=os.environ["MYSQL_DATABASE"],
        user=os.environ["MYSQL_USER"],
        password=os.environ["MYSQL_PASSWORD"],
    )
