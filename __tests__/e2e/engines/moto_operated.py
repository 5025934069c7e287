"""Starts moto's server as a deployed stack is operated in AWS: jobs that wait, run and write logs, instances, thousands of runs.

Usage: python3 moto_operated.py PORT

All that ``moto_server.py`` changes holds here too, and with ``DOCKER_HOST`` all of ``moto_containers.py``. Added, as AWS documents it:

1. A job definition is found by its ARN without a revision: the latest one.
2. Without containers, ``moto_script.py`` says how jobs wait, run and end, and what they write.
3. Details of jobs name the container instance and the task, and ECS describes the instance. An environment's cluster has the name that
   AWS Batch gives it.
4. StopExecution and TerminateJob end a job that waits or runs.
5. Environments, queues and jobs have the states and reasons that a test gives them (``POST /operated``).
6. ``GetJobQueueSnapshot`` lists the jobs at the front of a queue.
7. GetExecutionHistory answers in pages and in reverse, and ListExecutions has the end of an execution that timed out.
8. Children of arrays have their index in lists and details.
9. A state machine invokes the functions of the stack, which are processes of the test (``POST /operated``).
10. SQS keeps apart requests that delete messages of a queue at the same time: moto would lose some of the deletions.
"""

import copy
import json
import os
import re
import sys
import threading
from datetime import datetime, timedelta, timezone
from urllib.parse import quote
from urllib.request import Request, urlopen

import moto.moto_server.werkzeug_app as app
from moto.batch.models import BatchBackend, ComputeEnvironment, Job, JobQueue, batch_backends
from moto.core.responses import ActionResult
from moto.ecs.models import ecs_backends
from moto.moto_api._internal import mock_random
from moto.server import main
from moto.sqs.models import Queue
from moto.stepfunctions.responses import StepFunctionResponse
from moto.stepfunctions.parser.models import StepFunctionsParserBackend, stepfunctions_parser_backends

import moto_server
import moto_script

if "DOCKER_HOST" in os.environ:
    import moto_containers

ACCOUNT = moto_server.ACCOUNT
# What a test says of an environment or a queue, by ARN.
described = {}
# Where the functions of the stack are invoked.
functions = []

by_identifier = BatchBackend.get_job_definition


def job_definition(backend, identifier):
    if identifier.startswith("arn:") and backend.get_job_definition_by_arn(identifier) is None:
        name, _, revision = identifier.split("/")[-1].partition(":")
        identifier = f"{name}:{revision}" if revision else name
    return by_identifier(backend, identifier)


environments = BatchBackend.describe_compute_environments
queue_of = JobQueue.describe


def environments_as_told(backend, *args, **kwargs):
    answer = environments(backend, *args, **kwargs)
    return [{**environment, **described.get(environment["computeEnvironmentArn"], {})} for environment in answer]


def queue_as_told(queue):
    return {**queue_of(queue), **described.get(queue.arn, {})}


describe_job = Job.describe
short = Job.describe_short


def short_with_reason(job):
    reason = getattr(job, "told_reason", None)
    answer = {**short(job), **({"statusReason": reason} if reason is not None else {})}
    if "index" in job.array_properties:
        answer["arrayProperties"] = {"index": job.array_properties["index"]}
    latest = job.latest_attempt["container"] if job.latest_attempt else {}
    ended = {name: latest[name] for name in ("exitCode", "reason") if name in latest}
    return {**answer, **({"container": ended} if job.job_stopped and ended else {})}


def job_with_task(job):
    detail = describe_job(job)
    latest = job.latest_attempt["container"] if job.latest_attempt else {}
    names = ("containerInstanceArn", "taskArn", "reason", "exitCode")
    detail["container"] |= {name: latest[name] for name in names if name in latest}
    # AWS describes the command, image and role of a container, too.
    properties = job.job_definition.container_properties
    for name in ("image", "jobRoleArn", "executionRoleArn", "logConfiguration"):
        if name in properties:
            detail["container"][name] = properties[name]
    queued = getattr(job, "queued", None)
    if queued and "startedAt" in detail and not job.attempts:
        del detail["startedAt"]
    return {**detail, "isTerminated": job.stop, "isCancelled": getattr(job, "is_cancelled", False)}


start_attempt = Job._start_attempt


def start_attempt_on_instance(job):
    start_attempt(job)
    job.latest_attempt["container"] |= moto_script.placed(job)


def container_instances(arns):
    known = [moto_script.instances[arn] for arn in arns if arn in moto_script.instances]
    missing = [{"arn": arn, "reason": "MISSING"} for arn in arns if arn not in moto_script.instances]
    return {"containerInstances": known, "failures": missing}


def set_cluster(environment, _arn, _name):
    """The cluster of an environment, with the name that AWS Batch gives it."""
    region = environment.arn.split(":")[3]
    environment.ecs_name = f"AWSBatch-{environment.name}-{mock_random.uuid4()}"
    environment.ecs_arn = ecs_backends[ACCOUNT][region].create_cluster(environment.ecs_name).arn


stop_execution = StepFunctionsParserBackend.stop_execution


def stop_with_job(backend, execution_arn):
    stopped = stop_execution(backend, execution_arn)
    region, name = execution_arn.split(":")[3], execution_arn.split(":")[-1]
    for job in list(batch_backends[ACCOUNT][region]._jobs.values()):
        if job.job_name == name and not job.job_stopped:
            job.terminate("Step Functions execution was stopped")
    return stopped


class CopiedHistory:
    """The history of an execution with another name, at another time."""

    def __init__(self, original, name, later):
        self.original, self.name, self.later = original, name, later
        self.env = self.event_manager = self

    def get_event_history(self):
        events = self.original.exec_worker.env.event_manager.get_event_history()
        moved = [{**event, "timestamp": moved_by(event["timestamp"], self.later)} for event in events]
        return renamed(moved, self.original.name, self.name)


def moved_by(timestamp, later):
    moment = datetime.fromisoformat(timestamp.replace("Z", "+00:00")) + later
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def renamed(value, old, new):
    if isinstance(value, dict):
        return {key: renamed(item, old, new) for key, item in value.items()}
    if isinstance(value, list):
        return [renamed(item, old, new) for item in value]
    return value.replace(old, new) if isinstance(value, str) else value


def copies(region, of, count, seconds_between, prefix, status=None):
    """Adds copies of an execution that has ended, one before the other."""
    backend = stepfunctions_parser_backends[ACCOUNT][region]
    original = backend.describe_execution(of)
    machine = backend.describe_state_machine(original.state_machine_arn)
    for number in range(1, count + 1):
        later = timedelta(seconds=-seconds_between * number)
        copied = copy.copy(original)
        copied.name = f"{prefix}{number}"
        copied.exec_arn = copied.execution_arn = of.removesuffix(original.name) + copied.name
        copied.start_date, copied.stop_date = original.start_date + later, original.stop_date + later
        copied.exec_worker = CopiedHistory(original, copied.name, later)
        if status is not None:
            copied.exec_status = type(original.exec_status)(status)
        machine.executions.append(copied)


def history_page(response):
    execution = response._get_param("executionArn")
    events = list(response.stepfunction_backend.get_execution_history(execution)["events"])
    if response._get_param("reverseOrder"):
        events.reverse()
    first, most = int(response._get_param("nextToken") or 0), int(response._get_param("maxResults") or 100)
    rest = {"nextToken": str(first + most)} if len(events) > first + most else {}
    return ActionResult({"events": events[first : first + most], **rest})


list_executions = StepFunctionResponse.list_executions


def executions_with_ends(response):
    answer = list_executions(response)
    backend = response.stepfunction_backend
    for item in answer.result["executions"]:
        if item["status"] == "TIMED_OUT":
            item["stopDate"] = backend.describe_execution(item["executionArn"]).stop_date
    return answer


def snapshot(region, queue):
    jobs = batch_backends[ACCOUNT][region].get_job_queue(queue).jobs
    waiting = sorted((job for job in jobs if job.status == "RUNNABLE"), key=lambda job: job.job_created_at)[:100]
    now = int(datetime.now(timezone.utc).timestamp() * 1000)
    front = [{"jobArn": job.arn, "earliestTimeAtPosition": short(job)["createdAt"]} for job in waiting]
    return {"frontOfQueue": {"jobs": front, "lastUpdatedAt": now}}


def operate(order):
    region, backend = order["region"], batch_backends[ACCOUNT][order["region"]]
    match order["do"]:
        case "script":
            moto_script.scripts[order["definition"]] = order["script"]
        case "functions":
            functions.append(order["endpoint"])
        case "describe":
            described.setdefault(order["arn"], {}).update(order["values"])
        case "job":
            moto_script.tell(backend.get_job_by_id(order["jobId"]), order)
        case "forget":
            moto_script.instances.clear()
            for key in [key for key, job in backend._jobs.items() if job.job_stopped]:
                del backend._jobs[key]
        case "copies":
            copies(region, order["of"], order["count"], order["secondsBetween"], order["prefix"], order.get("status"))
    return {}


dispatch = app.DomainDispatcherApplication.__call__


INVOKED = re.compile(r"/2015-03-31/functions/[^/]+/invocations")


def invoke(environ, start_response):
    """Lambda of the test answers what a state machine asks."""
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    headers = {"Authorization": environ["HTTP_AUTHORIZATION"], "Content-Type": "application/json"}
    path = quote(environ["PATH_INFO"])
    with urlopen(Request(functions[-1] + path, data=body, headers=headers)) as answer:
        kept = [(name, value) for name, value in answer.getheaders() if name.lower().startswith("x-amz")]
        text = answer.read()
    start_response("200 OK", [*kept, ("Content-Type", "application/json"), ("Content-Length", str(len(text)))])
    return [text]


def with_orders(application, environ, start_response):
    path = environ.get("PATH_INFO")
    if functions and INVOKED.fullmatch(path or ""):
        return invoke(environ, start_response)
    operation = environ.get("HTTP_X_AMZ_TARGET", "").split(".")[-1]
    if path not in ("/operated", "/v1/getjobqueuesnapshot") and not operation.endswith("ContainerInstances"):
        return dispatch(application, environ, start_response)
    order = json.loads(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)))
    if operation == "DescribeContainerInstances":
        answer = container_instances(order["containerInstances"])
    elif operation == "ListContainerInstances":
        cluster = order["cluster"].split("/")[-1]
        answer = {"containerInstanceArns": [arn for arn in moto_script.instances if f"/{cluster}/" in arn]}
    elif path == "/operated":
        answer = operate(order)
    else:
        answer = snapshot(environ["HTTP_AUTHORIZATION"].split("/")[2], order["jobQueue"])
    body = json.dumps(answer).encode()
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]


# moto rebuilds a queue's list of messages in each request, and answers requests in threads.
changing_queue = threading.RLock()


def alone(change):
    def locked(*args, **kwargs):
        with changing_queue:
            return change(*args, **kwargs)

    return locked


Queue.delete_message = alone(Queue.delete_message)
Queue.add_message = alone(Queue.add_message)
BatchBackend.get_job_definition = job_definition
BatchBackend.describe_compute_environments = environments_as_told
JobQueue.describe = queue_as_told
ComputeEnvironment.set_ecs = set_cluster
Job.describe_short = short_with_reason
Job.describe = job_with_task
Job._start_attempt = start_attempt_on_instance
StepFunctionsParserBackend.stop_execution = stop_with_job
StepFunctionResponse.get_execution_history = history_page
StepFunctionResponse.list_executions = executions_with_ends
app.DomainDispatcherApplication.__call__ = with_orders
if "DOCKER_HOST" not in os.environ:
    moto_script.install()

if __name__ == "__main__":
    main(["--host", "127.0.0.1", "--port", sys.argv[1]])
