"""How jobs without containers wait, run and end, for ``moto_operated.py``: as the script of their job definition says.

A script has ``ends`` (one for each submission of an execution, the last one repeated), ``lines`` that each container writes,
``queuedSeconds`` and ``runningSeconds``. An end is what ``moto_server.py`` lists, or

- ``runnable``, ``running``: the job stays so until a test tells it more
- ``pull``: its image cannot be had
- ``unplaceable``: the queue cancels it, because it needs more than there is
- several, such as ``reclaim>0``: containers of one job, which its retry strategy restarts

The children of an array play the script, too. ``children`` says how some of them end, by attempt and index in the array; in lines,
``{child}`` is the index. An array ends when all of its children have, and fails if one did.
"""

import threading
import time
from datetime import datetime, timezone

from moto.batch.models import ComputeEnvironment, Job
from moto.batch_simple.models import BatchSimpleBackend
from moto.ecs.models import ecs_backends
from moto.moto_api._internal import mock_random

import moto_server

EXITED = moto_server.EXITED
# Exit code, the job's status reason and the container's.
ENDS = {
    **moto_server.ENDS,
    "pull": (None, "Task failed to start", "CannotPullContainerError: pull image manifest has been retried 1 time(s)"),
}
UNPLACEABLE = "Canceled by JobStateTimeLimit action due to reason: MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT"
DEFAULT = {"ends": ["0"], "lines": ["started", "done"], "queuedSeconds": 0, "runningSeconds": 0}

# By the name of the job definition.
scripts = {}
# By ARN, as ECS describes them.
instances = {}
# The script that was there when an execution submitted its first job.
chosen = {}
ends = moto_server.next_end


def next_end(job_definition, job_name):
    script = chosen.setdefault(job_name, {**DEFAULT, **scripts.get(job_definition.name, {})})
    if job_definition.name not in scripts:
        return ends(job_definition, job_name)
    with moto_server.submissions_lock:
        index = moto_server.submissions[job_name]
        moto_server.submissions[job_name] += 1
    return str(script["ends"][min(index, len(script["ends"]) - 1)])


def named_cluster(environment, arn, name):
    """AWS Batch names a cluster after its environment, and policies for people rely on that. Moto's names are random."""
    _, _, _, region, account, _ = environment.arn.split(":", 5)
    clusters = ecs_backends[account][region].clusters
    cluster = clusters.pop(name)
    environment.ecs_name = cluster.name = f"AWSBatch-{environment.name}-{name.split('_')[-1]}"
    environment.ecs_arn = cluster.arn = arn.replace(name, cluster.name)
    clusters[cluster.name] = cluster


ComputeEnvironment.set_ecs = named_cluster


def placed(job):
    """The instance and the task of a container."""
    account, region = job.backend.account_id, job.arn.split(":")[3]
    cluster = job.job_queue.environments[0].ecs_name
    arn = f"arn:aws:ecs:{region}:{account}:container-instance/{cluster}/{mock_random.uuid4().hex}"
    attributes = {"ecs.instance-type": "c7i.large", "ecs.availability-zone": f"{region}a"}
    instances[arn] = {
        "containerInstanceArn": arn,
        "ec2InstanceId": "i-0a1b2c3d4e5f60718",
        "status": "ACTIVE",
        "attributes": [{"name": name, "value": value} for name, value in attributes.items()],
    }
    task = job.log_stream_name.split("/")[-1]
    return {"containerInstanceArn": arn, "taskArn": f"arn:aws:ecs:{region}:{account}:task/{cluster}/{task}"}


def submitted(backend, include_start_attempt, job):
    """Begins a job inside SubmitJob, and ends it there unless it takes time."""
    real = backend.backend
    if "size" in job.array_properties:
        return begin_array(real, job)
    end = moto_server.ends_by_job_name.pop(job.job_name, "0")
    script = chosen.get(job.job_name, DEFAULT)
    end = script.get("children", {}).get(attempt_of(job), {}).get(str(child_of(job)), end)
    job.released = threading.Event()
    job.status, job.queued = "RUNNABLE", True
    real._jobs[job.job_id] = job
    if script["queuedSeconds"] or script["runningSeconds"] or end in ("runnable", "running"):
        threading.Thread(target=play, args=(job, end, script), daemon=True).start()
    else:
        play(job, end, script)


def child_of(job):
    """The index of a child in its array. A plain job is the only child of its attempt."""
    return job.array_properties.get("index", 0)


def attempt_of(job):
    environment = (job.container_overrides or {}).get("environment", [])
    return next((item["value"] for item in environment if item["name"] == "STP_CURRENT_ATTEMPT"), "1")


def begin_array(real, job):
    """An array has no container. Its children are known as soon as SubmitJob has answered."""
    job.released = threading.Event()
    job.status = "PENDING"
    real._jobs[job.job_id] = job
    threading.Thread(target=end_array, args=(job,), daemon=True).start()


def end_array(job):
    while not job._child_jobs or not all(child.job_stopped for child in job._child_jobs):
        time.sleep(0.05)
    failed = [child for child in job._child_jobs if child.status == "FAILED"]
    finish(job, "Array Child Job failed" if failed else None, not failed)


def play(job, end, script):
    pause(job, script["queuedSeconds"])
    if end == "runnable":
        end = held(job)
    if job.stop:
        return finish(job, job.job_stopped_reason)
    if end == "unplaceable":
        job.is_cancelled = True
        return finish(job, UNPLACEABLE)
    for number, one in enumerate(end.split(">"), start=1):
        reason, succeeded = contain(job, one, script, number)
        if job.stop or succeeded:
            break
        job.job_stopped_at = datetime.now()
        job._stop_attempt()
    finish(job, reason, succeeded)


def contain(job, end, script, number):
    """One container of a job."""
    job.queued = False
    job.job_started_at = datetime.now()
    job.log_stream_name = f"batch/default/{mock_random.uuid4().hex}"
    job.exit_code = None
    job._start_attempt()
    job.status = "STARTING"
    if end != "pull":
        job.status = "RUNNING"
        for line in script["lines"]:
            text = line.replace("{name}", job.job_name).replace("{start}", str(number))
            write(job, text.replace("{child}", str(child_of(job))))
            pause(job, script["runningSeconds"] / len(script["lines"]))
        if not script["lines"]:
            pause(job, script["runningSeconds"])
    if end == "running":
        end = held(job)
    code, reason, container_reason = ENDS.get(end) or (int(end), EXITED, None)
    if job.stop:
        code, reason = 143, job.job_stopped_reason
    job.exit_code = code
    job.latest_attempt["statusReason"] = reason
    container = job.latest_attempt["container"]
    if code is not None:
        container["exitCode"] = code
    if container_reason is not None:
        container["reason"] = container_reason
    if end == "pull":
        del container["logStreamName"]
    return reason, code == 0 and not job.stop


def finish(job, reason, succeeded=False):
    job.told_reason = None
    job.job_stopped_reason = reason
    job._mark_stopped(success=succeeded)


def held(job):
    """How the job goes on, as soon as a test has told it or it was terminated."""
    job.released.wait()
    return getattr(job, "end", "0")


def pause(job, seconds):
    if seconds > 0 and not job.stop:
        job.released.wait(seconds)


def tell(job, order):
    """What a test says of a job: a status and a reason while it waits, or how it goes on."""
    if "statusReason" in order:
        job.told_reason = order["statusReason"]
    if "status" in order:
        job.status = order["status"]
    if "end" in order:
        job.end = order["end"]
        job.released.set()


def write(job, line):
    options = job.job_definition.container_properties.get("logConfiguration", {}).get("options", {})
    group = options.get("awslogs-group", "/aws/batch/job")
    logs = job._log_backend
    logs.ensure_log_group(group)
    logs.ensure_log_stream(group, job.log_stream_name)
    now = int(datetime.now(timezone.utc).timestamp() * 1000)
    logs.put_log_events(group, job.log_stream_name, [{"timestamp": now, "message": line}])


terminate = Job.terminate


def terminate_at_once(job, reason):
    terminate(job, reason)
    if hasattr(job, "released"):
        job.released.set()


def install():
    moto_server.next_end = next_end
    BatchSimpleBackend._mark_job_as_finished = submitted
    Job.terminate = terminate_at_once
