"""Produces and consumes until it is ended, and logs each record that was acknowledged or consumed."""

import json
import os
import sys
import threading
import time
from datetime import datetime, timezone
from string import Template

from confluent_kafka import Consumer, KafkaException, Producer, libversion

NAME = "librdkafka"
PAUSE = 0.1

settings_file, topic, log_file, ca_file = sys.argv[1:]
log = open(log_file, "a", encoding="utf-8", buffering=1)


def tell(event, record):
    at = datetime.now(timezone.utc).isoformat(timespec="milliseconds")
    line = {"client": NAME, "version": libversion()[0], "time": at, "event": event, "record": record}
    log.write(json.dumps(line) + "\n")


def settings(ignored=()):
    """As `confluent-dr clients` prints them; the CA is that of the lab."""
    with open(settings_file, encoding="utf-8") as file:
        lines = Template(file.read()).substitute(os.environ).splitlines()
    read = dict(line.split("=", 1) for line in lines)
    return {**{name: value for name, value in read.items() if name not in ignored}, "ssl.ca.location": ca_file}


def consume():
    consumer = Consumer({**settings(("message.timeout.ms",)), "group.id": NAME})
    consumer.subscribe([topic])
    while True:
        message = consumer.poll(PAUSE)
        if message is not None and message.error():
            print(message.error(), file=sys.stderr)
        elif message is not None:
            tell("consumed", message.value().decode())


def delivered(error, message):
    if error is None:
        tell("acknowledged", message.value().decode())
    else:
        print(message.value().decode(), error, file=sys.stderr)


threading.Thread(target=consume, daemon=True).start()
producer = Producer(settings(("auto.offset.reset",)))
number = 0
while True:
    try:
        producer.produce(topic, f"{NAME}-{number}".encode(), callback=delivered)
    except KafkaException as error:
        print(f"{NAME}-{number}", error, file=sys.stderr)
    number += 1
    producer.poll(0)
    time.sleep(PAUSE)
