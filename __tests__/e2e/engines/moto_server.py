"""Starts moto's server so that a state machine's ``batch:submitJob.sync`` works in it as it does in AWS.

Usage: python3 moto_server.py PORT

moto 5.2 interprets state machines and keeps Batch's resources for real. Changed here, and nothing else:

1. Keys. Step Functions' integrations have parameters and results beginning with a capital letter, the APIs of Batch and
   Step Functions with a small one. moto passes the former on as they are, and the APIs refuse them. This holds for
   ``batch:submitJob.sync``, ``states:startExecution``, ``aws-sdk:batch`` and ``aws-sdk:sfn``.
2. The cause of a failed job is compact JSON, as AWS writes it; moto puts a blank after each colon.
3. How jobs end. Without Docker moto runs no container, so a job ends as the variable ``EMULATED_ENDS`` in its job
   definition says: a list separated by commas, one item for each submission of an execution, the last one repeated.
   - a number: the container's exit code
   - ``reclaim``: a Spot interruption, after which the host is gone
   - ``timeout``: the attempt took too long
   - ``throttle``, ``denied``, ``invalid``: Batch refuses the submission with status 429, 403, 400
   - ``held:FOLDER:END``: as END, once a test has made a file with the execution's name in the folder
   Without the variable every job succeeds.
4. Copies. moto copies a state machine before each execution, and with it all that its region holds; a lock in an
   execution cannot be copied, so that the second execution of a region fails. Its own attributes are enough.
5. Fail states. A Fail state passes on an error that was caught, ``States.TaskFailed`` too; moto takes that for a custom
   error with a reserved name.
6. Paths and times. A path with a wildcard is a list, also of one value. The path of one value isn't, also if it is in an
   item of a list. Times of the context object are text.
7. Threads. Each execution is a thread. moto describes jobs by a loop over the dictionary that SubmitJob adds to, and makes
   clients of boto3's default session, which is not safe in threads: an execution in a hundred fails on a busy machine.
8. Histories. moto ignores ``reverseOrder``, and adds the end of a stopped execution only when its state ends. Here it is known,
   and the history of an execution that was stopped begins with its end.
9. Variables. moto reads a variable of an execution by JSONata, for which it wants Java. Here ``$name`` and ``$name.path`` are read
   without it.
10. A container that is killed for memory: ``oom`` in ``EMULATED_ENDS``, with the reason that ECS gives.
11. Arrays. A parent has failed when one of its children has and all have ended; its detail counts them by status. A child has its index.
   A queue lists parents only, and a list has pages of up to 100. The children of a scripted submission end in turn: ``0|1|0``.
12. Stops. An execution that was stopped stays so: in moto it fails if its job ends before the state looks whether it goes on.
13. Functions. ``lambda:invoke`` of a function whose name is a URL posts the payload there: status 200 is the answer, 500 an error of the
   function.
"""

import copy
import json
import os
import re
import sys
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from datetime import datetime

import boto3
from botocore.exceptions import ClientError
from moto.batch import responses as batch_responses
from moto.batch.models import BatchBackend, Job, batch_backends
from moto.batch_simple.models import BatchSimpleBackend
from moto.server import main
from moto.stepfunctions.models import StateMachine
from moto.stepfunctions.parser.asl.component.state.exec.state_task import lambda_eval_utils
from moto.stepfunctions.parser.asl.component.common.error_name.custom_error_name import CustomErrorName
from moto.stepfunctions.parser.asl.component.common.error_name.error_name import ErrorName
from moto.stepfunctions.parser.asl.component.common.string.string_expression import StringVariableSample
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service import (
    state_task_service_aws_sdk,
    state_task_service_batch,
    state_task_service_factory,
    state_task_service_sfn,
)
from moto.stepfunctions.parser.asl.eval.environment import Environment
from moto.stepfunctions.parser.asl.eval.program_state import ProgramStopped
from moto.stepfunctions.parser.asl.utils import boto_client, json_path
from moto.stepfunctions.parser.asl.utils.encoding import to_json_str
from moto.stepfunctions.parser.asl.utils.json_path import extract_json
from moto.stepfunctions.responses import StepFunctionResponse

ACCOUNT = "123456789012"
ONE_VALUE = re.compile(r"\$(\.\w+|\[\d+\])*")

# Error code, HTTP status and message with which Batch refuses a submission.
REFUSALS = {
    "throttle": ("TooManyRequestsException", 429, "Too Many Requests"),
    "denied": ("AccessDeniedException", 403, "User: arn is not authorized to perform: batch:SubmitJob"),
    "invalid": ("ClientException", 400, "Job size must be less than 30 KiB, got 47 KiB"),
}

# Only this error of Batch reaches Step Functions under its own name; the others share one.
NAMED_ERRORS = {"ClientException"}

EXITED = "Essential container in task exited"
# Exit code and status reason of a job, and the reason of its container.
ENDS = {
    "reclaim": (None, "Host EC2 (instance i-0a1b2c3d4e5f60718) terminated.", None),
    "timeout": (137, "Job attempt duration exceeded timeout", None),
    "oom": (137, EXITED, "OutOfMemoryError: Container killed due to memory usage"),
}

submissions = Counter()
submissions_lock = threading.Lock()
ends_by_job_name = {}


def next_end(job_definition, job_name):
    """What becomes of this submission of an execution."""
    environment = job_definition.container_properties.get("environment", [])
    ends = next((item["value"] for item in environment if item["name"] == "EMULATED_ENDS"), "0").split(",")
    with submissions_lock:
        index = submissions[job_name]
        submissions[job_name] += 1
    return released(ends[min(index, len(ends) - 1)].strip(), job_name)


def released(end, job_name):
    if not end.startswith("held:"):
        return end
    _, folder, end = end.split(":")
    while not os.path.exists(os.path.join(folder, job_name)):
        time.sleep(0.05)
    return end


def with_keys(change, value):
    """The same JSON with the first letter of each key changed, in place: moto keeps references to what it passes."""
    if isinstance(value, dict):
        for key in list(value):
            value[change(key[0]) + key[1:]] = with_keys(change, value.pop(key))
    elif isinstance(value, list):
        for item in value:
            with_keys(change, item)
    return value


def with_texts(value):
    """Times of the context object as text, in place."""
    for key, item in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(item, datetime):
            value[key] = item.isoformat()
        elif isinstance(item, (dict, list)):
            with_texts(item)


class BatchTask(state_task_service_batch.StateTaskServiceBatch):
    """moto's task for Batch, as AWS has it."""

    def _normalise_parameters(self, parameters, boto_service_name=None, service_action_name=None):
        with_keys(str.lower, parameters)

    def _normalise_response(self, response, boto_service_name=None, service_action_name=None):
        with_keys(str.upper, response)

    def _eval_service_task(self, env, resource_runtime_part, normalised_parameters, state_credentials):
        backend = batch_backends[ACCOUNT][resource_runtime_part.region]
        job_definition = backend.get_job_definition(normalised_parameters["jobDefinition"])
        if job_definition is not None:
            end = next_end(job_definition, normalised_parameters["jobName"])
            if end in REFUSALS:
                code, status, message = REFUSALS[end]
                response = {
                    "Error": {"Code": code, "Message": message},
                    "ResponseMetadata": {"HTTPStatusCode": status, "RequestId": "6f0b"},
                }
                raise ClientError(response, "SubmitJob")
            # Said before the job is there, because moto ends it inside SubmitJob.
            ends_by_job_name[normalised_parameters["jobName"]] = end
        super()._eval_service_task(env, resource_runtime_part, normalised_parameters, state_credentials)

    def _from_error(self, env, ex):
        failure = super()._from_error(env=env, ex=ex)
        if isinstance(ex, ClientError) and ex.response["Error"]["Code"] not in NAMED_ERRORS:
            failure.error_name = CustomErrorName("Batch.AWSBatchException")
            failure.event_details["taskFailedEventDetails"]["error"] = "Batch.AWSBatchException"
        return failure


class ExecutionTask(state_task_service_sfn.StateTaskServiceSfn):
    """moto's task that starts an execution, with the keys of Step Functions' API. The execution's input is a string by then."""

    def _normalise_parameters(self, parameters, boto_service_name=None, service_action_name=None):
        super()._normalise_parameters(parameters, boto_service_name, service_action_name)
        with_keys(str.lower, parameters)

    def _normalise_response(self, response, boto_service_name=None, service_action_name=None):
        # A time is no JSON.
        response.update({key: str(value) for key, value in response.items() if key == "startDate"})
        with_keys(str.upper, response)


class AwsSdkTask(state_task_service_aws_sdk.StateTaskServiceAwsSdk):
    """moto's task for any API: the keys of CloudWatch's and DynamoDB's begin with a capital letter, others do not."""

    def _normalise_parameters(self, parameters, boto_service_name=None, service_action_name=None):
        if self.resource.api_name in ("batch", "sfn"):
            with_keys(str.lower, parameters)
        with_texts(parameters)

    def _normalise_response(self, response, boto_service_name=None, service_action_name=None):
        if self.resource.api_name in ("batch", "sfn"):
            # A time is no JSON.
            for fields in [response, *response.get("events", [])]:
                fields.update({key: str(value) for key, value in fields.items() if isinstance(value, datetime)})
            with_keys(str.upper, response)


def end_job(backend, include_start_attempt, job):
    """Ends a job as its script says, instead of moto's success or failure for all jobs of a server."""
    if "size" in job.array_properties:
        # Its state follows from its children, which have ended before it.
        backend.backend._jobs[job.job_id] = job
        ends_by_job_name.pop(job.job_name, None)
        return
    index = job.array_properties.get("index")
    ends = ends_by_job_name.get(job.job_name, "0") if index is not None else ends_by_job_name.pop(job.job_name, "0")
    in_turn = ends.split("|")
    end = in_turn[(index or 0) % len(in_turn)]
    exit_code, reason, container_reason = ENDS.get(end) or (int(end), EXITED, None)
    backend.backend._jobs[job.job_id] = job
    job.job_started_at = job.job_created_at
    job.log_stream_name = job._stream_name
    job._start_attempt()
    job.exit_code = exit_code
    job.container_reason = container_reason
    job.job_stopped_reason = reason
    job.latest_attempt["statusReason"] = reason
    job._mark_stopped(success=end == "0")


container_details = Job._container_details


def container_details_with_exit_code(job):
    details = container_details(job)
    if job.exit_code is not None:
        details["exitCode"] = job.exit_code
    if getattr(job, "container_reason", None) is not None:
        details["reason"] = job.container_reason
    # What the submission asks for, else the definition.
    asked = job.container_overrides.get("resourceRequirements", [])
    defined = job.job_definition.container_properties.get("resourceRequirements", [])
    needs = {item["type"]: item["value"] for item in [*defined, *asked]}
    details["resourceRequirements"] = [{"type": kind, "value": value} for kind, value in needs.items()]
    return details


ENDED = ("SUCCEEDED", "FAILED")


def settle(job):
    """A parent's state and times follow from those of its children."""
    children = job._child_jobs or []
    if not children or job.job_stopped or any(child.status not in ENDED for child in children):
        return
    failed = any(child.status == "FAILED" for child in children)
    job.job_started_at = min(child.job_started_at for child in children)
    job.job_stopped_reason = "Array Child Job failed" if failed else None
    job._mark_stopped(success=not failed)


describe_short = Job.describe_short
describe_job = Job.describe
terminate = Job.terminate


def describe_short_with_array(job):
    settle(job)
    result = describe_short(job)
    if "container" in result and getattr(job, "container_reason", None) is not None:
        result["container"]["reason"] = job.container_reason
    if job._child_jobs:
        result["arrayProperties"] = {"size": len(job._child_jobs)}
    elif "index" in job.array_properties:
        result["arrayProperties"] = {"index": job.array_properties["index"]}
    return result


def describe_with_array(job):
    result = describe_job(job)
    if "index" in job.array_properties:
        result["arrayProperties"] = {"statusSummary": {}, "index": job.array_properties["index"]}
    if job._child_jobs:
        # A parent runs no container of its own.
        result["attempts"] = []
        result["container"].pop("logStreamName", None)
    return result


def terminate_with_children(job, reason):
    terminate(job, reason)
    for child in job._child_jobs or []:
        if child.status not in ENDED:
            terminate(child, reason)


begin_job = Job.__init__


def begin_with_own_overrides(job, *args, **kwargs):
    """moto adds variables to the overrides, which all children of an array share."""
    kwargs["container_overrides"] = copy.deepcopy(kwargs.get("container_overrides"))
    begin_job(job, *args, **kwargs)


def list_jobs_in_pages(self):
    array = self._get_param("arrayJobId")
    jobs = self.batch_backend.list_jobs(
        job_queue_name=self._get_param("jobQueue"), array_job_id=array, filters=self._get_param("filters")
    )
    status = self._get_param("jobStatus") or (None if self._get_param("filters") else "RUNNING")
    summaries = [job.describe_short() for job in jobs if array or "index" not in job.array_properties]
    matching = [summary for summary in summaries if status is None or summary["status"] == status]
    start = int(self._get_param("nextToken") or 0)
    end = start + min(100, int(self._get_param("maxResults") or 100))
    result = {"jobSummaryList": matching[start:end]}
    if end < len(matching):
        result["nextToken"] = str(end)
    return json.dumps(result)


invoke = lambda_eval_utils._invoke_lambda_function


def invoke_url(parameters, region, state_credentials):
    url = parameters["FunctionName"]
    if not url.startswith("http"):
        return invoke(parameters, region, state_credentials)
    try:
        with urllib.request.urlopen(urllib.request.Request(url, data=parameters["Payload"]), timeout=900) as answer:
            return {"StatusCode": 200, "ExecutedVersion": "$LATEST", "Payload": json.load(answer)}
    except urllib.error.HTTPError as error:
        return {"StatusCode": 200, "FunctionError": "Unhandled", "Payload": json.load(error)}


def any_error_name(self, error_name):
    ErrorName.__init__(self, error_name=error_name)


def own_attributes(state_machine, memo):
    return copy.copy(state_machine)


class Jobs(dict):
    """Jobs that can be added while another thread goes through them."""

    def items(self):
        return list(super().items())

    def values(self):
        return list(super().values())


begin_backend = BatchBackend.__init__


def begin_with_jobs(self, *args, **kwargs):
    begin_backend(self, *args, **kwargs)
    self._jobs = Jobs(self._jobs)


class OneAtATime:
    """boto3, as moto's module for clients sees it."""

    lock = threading.Lock()

    def client(self, **options):
        with self.lock:
            return boto3.client(**options)


def compact(value, separators=(",", ":")):
    return to_json_str(value, separators=separators)


def extract(path, data):
    """A path with a wildcard has a list of values, also of one or of none, and one of names and numbers has one value."""
    values = [match.value for match in json_path.parse(path).find(data)]
    if "*" in path:
        return values
    return values[0] if values and ONE_VALUE.fullmatch(path) else extract_json(path, data)


all_events = StepFunctionResponse.get_execution_history


def get_execution_history(self):
    answer = all_events(self)
    if self._get_param("reverseOrder"):
        execution = self.stepfunction_backend.describe_execution(self._get_param("executionArn"))
        events = answer.result["events"][::-1]
        if execution.exec_status == "ABORTED" and (not events or events[0]["type"] != "ExecutionAborted"):
            events.insert(0, {"id": len(events) + 1, "type": "ExecutionAborted", "timestamp": execution.stop_date})
        answer.result["events"] = events
    return answer


set_error = Environment.set_error


def set_error_unless_stopped(environment, error):
    if not isinstance(environment._program_state, ProgramStopped):
        set_error(environment, error)


def read_variable(self, env):
    name, _, path = self.expression.removeprefix("$").partition(".")
    value = env.variable_store.get(name)
    env.stack.append(copy.deepcopy(extract(f"$.{path}", value) if path else value))


StepFunctionResponse.get_execution_history = get_execution_history
Environment.set_error = set_error_unless_stopped
StringVariableSample._eval_body = read_variable
lambda_eval_utils._invoke_lambda_function = invoke_url
batch_responses.BatchResponse.listjobs = list_jobs_in_pages
Job.__init__ = begin_with_own_overrides
Job.describe_short = describe_short_with_array
Job.describe = describe_with_array
Job.terminate = terminate_with_children
BatchBackend.__init__ = begin_with_jobs
BatchSimpleBackend._mark_job_as_finished = end_job
Job._container_details = container_details_with_exit_code
CustomErrorName.__init__ = any_error_name
StateMachine.__deepcopy__ = own_attributes
boto_client.boto3 = OneAtATime()
state_task_service_batch.to_json_str = compact
for module in list(sys.modules.values()):
    if getattr(module, "extract_json", None) is extract_json and module is not sys.modules[__name__]:
        module.extract_json = extract
state_task_service_factory.StateTaskServiceBatch = BatchTask
state_task_service_factory.StateTaskServiceSfn = ExecutionTask
state_task_service_factory.StateTaskServiceAwsSdk = AwsSdkTask

if __name__ == "__main__":
    main(["--host", "127.0.0.1", "--port", sys.argv[1]])
