#!/bin/bash
# Watches the instance metadata for a Spot interruption notice and, once there is one, sends SIGTERM to every job
# container on the host, so that a job has the rest of the two minutes to finish. Nothing else does so: Spot draining
# keeps new tasks away from the host, but leaves standalone tasks, which Batch's jobs are, running until it dies.
# No `set -e`: whatever fails, the watch goes on.
set -u

metadata_url=${SPOT_WATCHER_METADATA_URL:-http://169.254.169.254}
interval=${SPOT_WATCHER_INTERVAL:-5} # seconds between polls
token_ttl=${SPOT_WATCHER_TOKEN_TTL:-300} # seconds, whole
docker=${SPOT_WATCHER_DOCKER:-docker}

token='' renew_at=0 expires_at=0 status='' last_status='' body='' notice='' signalled=' '

metadata() {
  curl --silent --noproxy '*' --max-time 2 "$@"
}

# Sets `status` and `body`; status 000 means no answer.
get() {
  local reply fresh
  status=000 body=''
  if ((SECONDS >= renew_at)); then
    if fresh=$(metadata --fail --request PUT --header "X-aws-ec2-metadata-token-ttl-seconds: $token_ttl" \
      "$metadata_url/latest/api/token") && [[ -n $fresh ]]; then
      token=$fresh renew_at=$((SECONDS + token_ttl / 2)) expires_at=$((SECONDS + token_ttl))
    elif ((SECONDS >= expires_at)); then
      return
    fi # Else the token is still good: the notice must not wait for a new one.
  fi
  reply=$(metadata --header "X-aws-ec2-metadata-token: $token" --write-out '\n%{http_code}' \
    "$metadata_url/latest/meta-data/$1")
  status=${reply##*$'\n'} body=${reply%$'\n'*}
  if [[ $status == 401 ]]; then renew_at=0 expires_at=0; fi
}

# The task label leaves out the ECS agent and whatever else runs beside the jobs. The agent's helpers inside a task, such
# as the pause container that holds its network, bear the label too, under reserved names. `docker kill` prints the id
# of a container that it signalled, so one that it could not signal is tried again at the next poll.
signal_jobs() {
  local id name waiting=()
  while read -r id name; do
    if [[ $name != '~internal~'* && $signalled != *" $id "* ]]; then waiting+=("$id"); fi
  done < <(timeout --kill-after=5 10 "$docker" ps --no-trunc --filter label=com.amazonaws.ecs.task-arn \
    --format '{{.ID}} {{.Label "com.amazonaws.ecs.container-name"}}')
  if ((${#waiting[@]} == 0)); then return; fi

  echo "SIGTERM to ${waiting[*]}"
  while read -r id; do
    signalled+="$id "
  done < <(
    # All at once: one container that docker is slow to signal takes no time from the others.
    for id in "${waiting[@]}"; do timeout --kill-after=5 10 "$docker" kill --signal TERM "$id" & done
    wait
  )
}

while true; do
  get instance-life-cycle
  if [[ $status == 200 ]]; then break; fi
  sleep "$interval"
done
if [[ $body != spot ]]; then
  echo "This is not a Spot instance ($body): nothing to watch."
  exit 0
fi

while true; do
  get spot/instance-action
  case $status in
    200) if [[ $body =~ \"action\"[[:space:]]*:[[:space:]]*\"(stop|terminate|hibernate)\" ]]; then notice=$body; fi ;;
    # No notice, or none any more: an instance that woke from hibernation runs new jobs.
    404) notice='' ;;
  esac
  if [[ $status != "$last_status" ]]; then
    echo "spot/instance-action: HTTP $status $notice"
    last_status=$status
  fi
  if [[ -n $notice ]]; then signal_jobs; fi
  sleep "$interval"
done
