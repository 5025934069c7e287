"""Starts moto's server with Batch jobs as containers: Podman's, over the socket in ``DOCKER_HOST``.

Usage: python3 moto_containers.py PORT

All that ``moto_server.py`` changes holds here too. moto's own Docker mode has no init process, no limits, no restarts, and no exit
code in the job's detail; what replaces it does what AWS documents of Batch on EC2:

1. A job whose overrides pass 8,192 characters fails after it was accepted.
2. The container gets the memory of the submission or the definition, the definition's ulimits and init process, the ``AWS_BATCH_*``
   variables, and where its role's credentials are to be had.
3. SIGTERM, and SIGKILL after a while, when it takes too long or is terminated. AWS waits 30 seconds; here it is ``STOP_SECONDS``. The time of
   a container begins with its first line: on a busy machine it is not up sooner, and would have spent its time.
4. ``evaluateOnExit`` decides on restarts, of the definition and of the submission alike.
5. Its output goes to the log group, and its exit code into the job's detail.
6. A Spot interruption: the first ``EMULATED_RECLAIMS`` containers of an execution (a variable of its job definition) get SIGTERM after a
   second of its time, as the watcher on the instance would send it, and their host is gone if they do not end on it.
7. If the kernel killed one of its processes for memory, the container has the reason that ECS gives.
8. StopExecution terminates the job, as AWS does for ``.sync``; moto leaves it running.
9. ``secrets`` of AWS Secrets Manager are variables of the container, read as it starts: the whole text or a key of its JSON. Without the
   secret or the key, the job fails without a container.
"""

import json
import os
import subprocess
import sys
import threading
import time
import traceback
from collections import Counter
from datetime import datetime, timezone

import docker
import moto.moto_server.werkzeug_app as app
from moto.batch import responses
from moto.batch.models import Job, batch_backends
from moto.secretsmanager.models import secretsmanager_backends
from moto.server import main
from moto.stepfunctions.parser.models import StepFunctionsParserBackend

# All its changes but the scripted ends, which are for jobs without containers.
import moto_server

PORT = sys.argv[1]
STOP_SECONDS = float(os.environ.get("STOP_SECONDS", "8"))
RECLAIM_AFTER_SECONDS = 1
# Within which a container that never writes a line counts as up.
SILENT_SECONDS = 120
ENDED = "Essential container in task exited"
CREDENTIALS = "/emulated/credentials"
# Batch starts a job for each thread; the machine has a few processors.
containers = Counter()
containers_lock = threading.Lock()
SLOTS = threading.Semaphore(int(os.environ.get("CONTAINERS_AT_ONCE", "4")))


def glob(pattern, text):
    if pattern is None:
        return True
    pattern, text = pattern.lower(), text.lower()
    return text.startswith(pattern[:-1]) if pattern.endswith("*") else text == pattern


def run(job):
    try:
        with SLOTS:
            if job.stop:
                # Its container never began.
                job._mark_stopped(success=False)
            else:
                run_attempts(job)
    except Exception as error:
        traceback.print_exc()
        job.job_stopped_reason = f"CannotStartContainerError: {error}"
        job._mark_stopped(success=False)


def run_attempts(job):
    environment = job.container_overrides.get("environment", [])
    overrides = {"containerOverrides": [{"name": "", "environment": environment, **memory_override(job)}]}
    if len(json.dumps(overrides, separators=(",", ":"), ensure_ascii=False)) > 8192:
        job.job_stopped_reason = "Container Overrides length must be at most 8192"
        job.job_started_at = datetime.now()
        job._mark_stopped(success=False)
        return
    strategy = job.retry_strategy_given or job.job_definition.retry_strategy or {}
    rules = strategy.get("evaluateOnExit", [])
    attempts = int(strategy.get("attempts", 1))
    for number in range(1, attempts + 1):
        job.status = "RUNNING"
        job.container_reason = None
        reason, code, timed_out = run_once(job, number)
        job.exit_code = code
        job.latest_attempt["statusReason"] = reason
        if code is not None:
            job.latest_attempt["container"]["exitCode"] = code
        if job.container_reason is not None:
            job.latest_attempt["container"]["reason"] = job.container_reason
        succeeded = code == 0 and reason == ENDED
        if succeeded or timed_out or job.stop or number == attempts:
            break
        matching = (
            rule
            for rule in rules
            if glob(rule.get("onStatusReason"), reason)
            and glob(rule.get("onReason"), job.container_reason or "")
            and glob(rule.get("onExitCode"), "" if code is None else str(code))
        )
        rule = next(matching, None)
        if rule is not None and rule["action"].upper() != "RETRY":
            break
        job.job_stopped_at = datetime.now()
        job._stop_attempt()
    job.job_stopped_reason = reason
    job._mark_stopped(success=succeeded)


def requirements(job):
    """What the submission asks for, else the definition, by type."""
    asked = job.container_overrides.get("resourceRequirements", [])
    defined = job.job_definition.container_properties.get("resourceRequirements", [])
    return {item["type"]: item["value"] for item in [*defined, *asked]}


def memory_override(job):
    """What ECS gets for it, as far as is known: AWS doesn't say."""
    asked = {item["type"]: item["value"] for item in job.container_overrides.get("resourceRequirements", [])}
    return {"memory": int(asked["MEMORY"])} if "MEMORY" in asked else {}


def killed_for_memory(container):
    """Podman 4.3 doesn't know it by its API. The kernel's log names the container."""
    if container.attrs["State"].get("OOMKilled"):
        return True
    log = subprocess.run(["dmesg"], capture_output=True, text=True, errors="replace").stdout
    return any("oom-kill:" in line and container.id in line for line in log.splitlines())


def output_of(container):
    """All that it has written. While its log is made, Podman's answer begins well and ends with an error, which moto's client takes for
    a line of it: only what has the header of a frame was written by the container."""
    api = container.client.api
    for _ in range(100):
        answer = api._get(api._url("/containers/{0}/logs", container.id), params={"stdout": 1, "stderr": 1})
        rest, text = answer.content, b""
        while len(rest) >= 8 and rest[0] <= 2 and rest[1:4] == b"\0\0\0":
            size = int.from_bytes(rest[4:8], "big")
            text, rest = text + rest[8 : 8 + size], rest[8 + size :]
        if not rest:
            return text
        time.sleep(0.1)
    raise RuntimeError(f"the log of {container.id}: {rest[:300]}")


def secret_value(reference):
    """The value of a reference as task definitions have them: ``<ARN>:<key>:<stage>:<version>``, or the ARN alone."""
    fields = [*reference.split(":"), "", "", ""]
    backend = secretsmanager_backends[fields[4]][fields[3]]
    key, stage, version = fields[7:10]
    text = backend.get_secret_value(":".join(fields[:7]), version, stage)["SecretString"]
    return str(json.loads(text)[key]) if key else text


def run_once(job, number):
    properties = job.job_definition.container_properties
    region = job.arn.split(":")[3]
    variables = {item["name"]: item["value"] for item in job._get_container_property("environment", [])}
    reclaims = int(variables.pop("EMULATED_RECLAIMS", "0"))
    variables |= {item["name"]: secret_value(item["valueFrom"]) for item in properties.get("secrets", [])}
    variables |= {
        "AWS_BATCH_JOB_ID": job.job_id,
        "AWS_BATCH_JOB_ATTEMPT": str(number),
        "AWS_BATCH_JQ_NAME": job.job_queue.name,
        **({"AWS_BATCH_JOB_ARRAY_INDEX": str(job.array_properties["index"])} if "index" in job.array_properties else {}),
        "AWS_CONTAINER_CREDENTIALS_FULL_URI": f"http://127.0.0.1:{PORT}{CREDENTIALS}",
        # Where AWS is, which is no part of AWS.
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{PORT}",
    }
    limits = [*properties.get("ulimits", []), {"name": "nproc", "softLimit": 2048, "hardLimit": 2048}]
    job.job_started_at = datetime.now()
    job.log_stream_name = f"batch/default/{job.job_id[:8]}{job.job_id[36:].replace(':', '-')}{number}"
    job._start_attempt()
    container = job.docker_client.containers.create(
        properties["image"],
        command=job._get_container_property("command", None) or None,
        environment=variables,
        name=f"job-{job.job_id[:13]}{job.job_id[36:].replace(':', '-')}-{number}",
        mem_limit=f"{requirements(job)['MEMORY']}m",
        ulimits=[docker.types.Ulimit(name=u["name"], soft=u["softLimit"], hard=u["hardLimit"]) for u in limits],
        init=properties.get("linuxParameters", {}).get("initProcessEnabled", False),
        network_mode="host",
    )
    timeout = job._get_attempt_duration()
    with containers_lock:
        containers[job.job_name] += 1
        reclaimed_at = RECLAIM_AFTER_SECONDS if containers[job.job_name] <= reclaims else None
    timed_out = False
    told = killed = None
    try:
        container.start()
        created, began = time.monotonic(), None
        looks = written = 0
        while True:
            container.reload()
            if container.status in ("exited", "stopped", "dead"):
                break
            now = time.monotonic()
            if began is None and (b"\n" in output_of(container) or now > created + SILENT_SECONDS):
                began = now
            passed = now - (now if began is None else began)
            late = timeout and passed > timeout
            reclaimed = reclaimed_at is not None and passed > reclaimed_at
            if told is None and (job.stop or late or reclaimed):
                timed_out = bool(late and not job.stop)
                container.kill(signal="SIGTERM")
                told = passed
            elif told is not None and killed is None and passed > told + STOP_SECONDS:
                container.kill(signal="SIGKILL")
                killed = passed
            looks += 1
            if looks % 5 == 0:
                written = write_logs(job, container, properties, written, ended=False)
            time.sleep(0.1)
        write_logs(job, container, properties, written, ended=True)
        code = container.attrs["State"]["ExitCode"]
        if code != 0 and killed_for_memory(container):
            job.container_reason = "OutOfMemoryError: Container killed due to memory usage"
        if timed_out:
            return "Job attempt duration exceeded timeout", code, True
        if job.stop:
            return job.job_stopped_reason, code, False
        if killed is not None:
            return "Host EC2 (instance i-0a1b2c3d4e5f60718) terminated.", None, False
        return ENDED, code, False
    finally:
        container.remove(force=True)


def write_logs(job, container, properties, written, ended):
    """Writes the lines after those that are written, and says how many are."""
    group = properties.get("logConfiguration", {}).get("options", {}).get("awslogs-group", "/aws/batch/job")
    now = int(datetime.now(timezone.utc).timestamp() * 1000)
    lines = output_of(container).decode(errors="replace").split("\n")
    whole = lines if ended else lines[:-1]
    job._log_backend.ensure_log_group(group)
    job._log_backend.ensure_log_stream(group, job.log_stream_name)
    events = [{"timestamp": now, "message": line} for line in whole[written:] if line]
    if events:
        job._log_backend.put_log_events(group, job.log_stream_name, events)
    return len(whole)


describe = Job.describe


def describe_with_stop(job):
    return {**describe(job), "isTerminated": job.stop}


submit_job = responses.BatchResponse.submitjob
make_job = Job.__init__
given = threading.local()


def submit_with_strategy(response):
    """moto drops the retry strategy of a submission."""
    given.strategy = response._get_param("retryStrategy")
    return submit_job(response)


def make_with_strategy(job, *args, **kwargs):
    make_job(job, *args, **kwargs)
    job.retry_strategy_given = getattr(given, "strategy", None)


stop_execution = StepFunctionsParserBackend.stop_execution


def stop_with_job(backend, execution_arn):
    stopped = stop_execution(backend, execution_arn)
    name = execution_arn.split(":")[-1]
    jobs = batch_backends[moto_server.ACCOUNT][execution_arn.split(":")[3]]._jobs
    for job in [job for job in jobs.values() if job.job_name == name]:
        job.terminate("Step Functions execution was stopped")
    return stopped


dispatch = app.DomainDispatcherApplication.__call__


def with_credentials(application, environ, start_response):
    """What ECS's agent answers a container that asks for its role's credentials."""
    if environ.get("PATH_INFO") != CREDENTIALS:
        return dispatch(application, environ, start_response)
    keys = {"AccessKeyId": "ASIAEMULATED", "SecretAccessKey": "emulated", "Token": "emulated"}
    body = json.dumps({**keys, "Expiration": "2099-01-01T00:00:00Z"}).encode()
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]


Job.run = run
Job.describe = describe_with_stop
Job.__init__ = make_with_strategy
responses.BatchResponse.submitjob = submit_with_strategy
StepFunctionsParserBackend.stop_execution = stop_with_job
app.DomainDispatcherApplication.__call__ = with_credentials

if __name__ == "__main__":
    main(["--host", "127.0.0.1", "--port", PORT])
