"""Starts ministack with the parts of its Batch service that Terraform cannot do without, and one of CloudWatch, Firehose and EventBridge each.

As of 1.5.33, ministack's Batch
  - responds to DescribeJobDefinitions with every definition, even if the request names one ARN. The AWS provider then stops with
    "too many results: wanted 1, got 2";
  - has no UpdateJobQueue, DeleteJobQueue, DeleteComputeEnvironment or DeregisterJobDefinition, so nothing of Batch can be
    destroyed;
  - forgets what it does not know of a job definition (retry strategy, timeout, propagateTags, platform capabilities), of a
    queue (job state time limit actions) and of an environment (update policy), so that each later plan wants to put it back;
  - has no TagResource, UntagResource or ListTagsForResource.

Its CloudWatch responds to GetDashboard with a body that is not escaped for XML. Its Firehose stores the whole destination of an HTTP
endpoint, and describes only a part of it. Its EventBridge ignores the whole policy in a PutPermission request, and adds a statement for
anybody instead.

Its connections end after 75 s without a request, and a Go program keeps them for 90. A request that is sent as a connection ends is
carried out without an answer; the AWS provider sends it again, and hears that what it creates exists already. On a busy machine other
connections were seen to break too, so a request that comes again gets the answer that it had.

This file adds exactly these, as the API references describe them, and leaves all other services alone.
When a later ministack brings one of them along, delete it here.

Standard input is a leash: it closes when the test process ends, however it ends, and the emulator ends with it.
"""

import asyncio
import json
import os
import re
import shutil
import signal
import sys
import threading
from urllib.parse import unquote
from xml.sax.saxutils import escape

from hypercorn.config import Config
from ministack import app
from ministack.services import batch, cloudwatch, eventbridge, firehose


def answer(body, status=200):
    return status, {"Content-Type": "application/json"}, json.dumps(body).encode()


def unknown(reference):
    return answer({"__type": "ClientException", "message": f"{reference} does not exist"}, 400)


def short_name(reference):
    """The name in `arn:aws:batch:<region>:<account>:<kind>/<name>`, or the name itself."""
    return (reference or "").rsplit("/", 1)[-1]


def keeping_all_fields(create, record_of):
    """Wraps a create operation: what the request carried and the record lacks is stored as it came."""

    def wrapped(request):
        response = create(request)
        if response[0] == 200:
            record = record_of(request)
            for field, value in request.items():
                record.setdefault(field, value)
        return response

    return wrapped


def describe_job_definitions(request):
    every = [revision for revisions in batch._job_definitions.values() for revision in revisions]
    wanted = request.get("jobDefinitions")
    if wanted:
        # An entry is an ARN or name:revision; both end alike.
        names = {short_name(reference) for reference in wanted}
        every = [found for found in every if short_name(found["jobDefinitionArn"]) in names]
    if request.get("jobDefinitionName"):
        every = [found for found in every if found["jobDefinitionName"] == request["jobDefinitionName"]]
    if request.get("status"):
        every = [found for found in every if found["status"] == request["status"]]
    return answer({"jobDefinitions": every})


def deregister_job_definition(request):
    """Marks the revision INACTIVE: Batch keeps it visible, so that its number is never used again."""
    name = short_name(request.get("jobDefinition"))
    for revisions in batch._job_definitions.values():
        for revision in revisions:
            if short_name(revision["jobDefinitionArn"]) == name:
                revision["status"] = "INACTIVE"
                return answer({})
    return unknown(name)


def update_job_queue(request):
    name = short_name(request.get("jobQueue"))
    queue = batch._job_queues.get(name)
    if queue is None:
        return unknown(name)
    queue.update({field: value for field, value in request.items() if field != "jobQueue"})
    return answer({"jobQueueName": name, "jobQueueArn": queue["jobQueueArn"]})


def delete_job_queue(request):
    name = short_name(request.get("jobQueue"))
    queue = batch._job_queues.get(name)
    if queue is not None and queue["state"] != "DISABLED":
        return answer({"__type": "ClientException", "message": f"Cannot delete, {name} is not DISABLED"}, 400)
    batch._job_queues.pop(name, None)
    return answer({})


def delete_compute_environment(request):
    name = short_name(request.get("computeEnvironment"))
    environment = batch._compute_envs.get(name)
    if environment is None:
        return answer({})
    if environment["state"] != "DISABLED":
        return answer({"__type": "ClientException", "message": f"Cannot delete, {name} is not DISABLED"}, 400)
    # Batch refuses this too: it is what makes create-before-destroy worth testing.
    for queue in batch._job_queues.values():
        if name in [short_name(entry["computeEnvironment"]) for entry in queue["computeEnvironmentOrder"]]:
            return answer({"__type": "ClientException", "message": "Cannot delete, found existing JobQueue relationship"}, 400)
    batch._compute_envs.pop(name, None)
    return answer({})


def tagged(arn):
    """What has an ARN: a queue, an environment or a revision of a job definition."""
    records = [*batch._job_queues.values(), *batch._compute_envs.values()]
    records += [revision for revisions in batch._job_definitions.values() for revision in revisions]
    return next((record for record in records if arn in record.values()), None)


handle_request = batch.handle_request


async def handle_tags_too(method, path, headers, body, query_params):
    if not path.startswith("/v1/tags/"):
        return await handle_request(method, path, headers, body, query_params)
    arn = unquote(path[len("/v1/tags/") :])
    record = tagged(arn)
    if record is None:
        return unknown(arn)
    tags = record.setdefault("tags", {})
    if method == "GET":
        return answer({"tags": tags})
    if method == "POST":
        tags.update(json.loads(body)["tags"])
    else:
        for key in query_params.get("tagKeys", []):
            tags.pop(key, None)
    return answer({})


batch.handle_request = handle_tags_too


get_dashboard = cloudwatch._get_dashboard


def get_dashboard_escaped(params, cbor_data, is_cbor, is_json=False):
    status, headers, body = get_dashboard(params, cbor_data, is_cbor, is_json)
    if is_cbor or is_json or status != 200:
        return status, headers, body
    text = body.decode() if isinstance(body, bytes) else body
    inside = re.compile("(<DashboardBody>)(.*)(</DashboardBody>)", re.DOTALL)
    text = inside.sub(lambda found: found[1] + escape(found[2]) + found[3], text)
    return status, headers, text.encode()


cloudwatch._get_dashboard = get_dashboard_escaped


describe_destination = firehose._dest_description


def describe_whole_destination(destination):
    """https://docs.aws.amazon.com/firehose/latest/APIReference/API_HttpEndpointDestinationDescription.html"""
    description = describe_destination(destination)
    if destination["type"] != "HttpEndpoint":
        return description
    given = dict(destination["config"])
    backup = {**given.pop("S3Configuration", {}), **given.pop("S3Update", {})}
    backup.setdefault("CloudWatchLoggingOptions", {"Enabled": False})
    given.setdefault("CloudWatchLoggingOptions", {"Enabled": False})
    # The access key never comes back.
    endpoint = {key: value for key, value in given.get("EndpointConfiguration", {}).items() if key != "AccessKey"}
    description["HttpEndpointDestinationDescription"].update(
        {**given, "EndpointConfiguration": endpoint, "S3DestinationDescription": backup}
    )
    return description


firehose._dest_description = describe_whole_destination


put_statement = eventbridge._put_permission


def put_permission(data):
    if "Policy" not in data:
        return put_statement(data)
    eventbridge._event_bus_policies[data.get("EventBusName", "default")] = json.loads(data["Policy"])
    return answer({})


eventbridge._put_permission = put_permission


def hold_leash():
    while sys.stdin.buffer.read(1):
        pass
    # The test process did not live to delete the folder that it gave this one.
    if "LEASHED_HOME" in os.environ:
        shutil.rmtree(os.environ["LEASHED_HOME"], ignore_errors=True)
    os.kill(os.getpid(), signal.SIGTERM)


batch._DISPATCH.update(
    {
        "/v1/createcomputeenvironment": keeping_all_fields(
            batch._create_compute_environment, lambda request: batch._compute_envs[request["computeEnvironmentName"]]
        ),
        "/v1/createjobqueue": keeping_all_fields(
            batch._create_job_queue, lambda request: batch._job_queues[request["jobQueueName"]]
        ),
        "/v1/registerjobdefinition": keeping_all_fields(
            batch._register_job_definition, lambda request: batch._job_definitions[request["jobDefinitionName"]][-1]
        ),
        "/v1/describejobdefinitions": describe_job_definitions,
        "/v1/deregisterjobdefinition": deregister_job_definition,
        "/v1/updatejobqueue": update_job_queue,
        "/v1/deletejobqueue": delete_job_queue,
        "/v1/deletecomputeenvironment": delete_compute_environment,
    }
)

# Seconds. The client is the one that ends a connection.
KEEP_ALIVE = 600
Config.keep_alive_timeout = property(lambda config: KEEP_ALIVE, lambda config, value: None)

# The latest answers by the ID that an AWS SDK gives a request and each repetition of it.
answers = {}
MOST_ANSWERS = 200
handle = app.app


async def handle_once(scope, receive, send):
    """Handles a request, and answers its repetition as before. What has failed is tried anew."""
    request = dict(scope.get("headers", ())).get(b"amz-sdk-invocation-id") if scope["type"] == "http" else None
    if request is None:
        return await handle(scope, receive, send)
    before = answers.get(request)
    if before is not None:
        await before["is_whole"].wait()
        if before["parts"] and before["parts"][0]["status"] < 300:
            for part in before["parts"]:
                await send(part)
            return None
    answer = answers[request] = {"parts": [], "is_whole": asyncio.Event()}
    if len(answers) > MOST_ANSWERS:
        del answers[next(iter(answers))]

    async def keep(part):
        answer["parts"].append(part)
        await send(part)

    try:
        return await handle(scope, receive, keep)
    finally:
        answer["is_whole"].set()


app.app = handle_once

if __name__ == "__main__":
    threading.Thread(target=hold_leash, daemon=True).start()
    # main() reads the command line for its own options; this file takes none.
    sys.argv = ["ministack"]
    app.main()
