from flask import Flask, render_template_string, request

app = Flask(__name__)


@app.get("/")
def hello():
    return render_template_string("<p>" + request.args["name"] + "</p>")
