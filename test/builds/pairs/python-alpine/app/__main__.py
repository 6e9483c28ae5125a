import flask
import psycopg2

print("serving")
