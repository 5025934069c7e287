#!/bin/sh
# First program of images without a resolver in the job's language: start.sh command ...
# Provides the event, and then runs the command in its place. An event that is too large for the container's environment is stored in S3,
# and STP_TRIGGER_EVENT_DATA contains a reference to it. Requires curl 7.86 or later.
set -eu

fail() {
  printf "The job's event could not be fetched: %s\n" "$1" >&2
  exit 1
}

# Reads one property of a flat JSON object from standard input. The values contain no quotes and no backslashes.
property() {
  sed -n 's/.*"'"$1"'" *: *"\([^"]*\)".*/\1/p'
}

fetch() {
  region=${AWS_REGION:-${AWS_DEFAULT_REGION:-}}
  [ -n "$region" ] || fail 'the container has no AWS_REGION'
  id=${AWS_ACCESS_KEY_ID:-} secret=${AWS_SECRET_ACCESS_KEY:-} token=${AWS_SESSION_TOKEN:-}
  if [ -z "$id" ] || [ -z "$secret" ]; then
    role=${AWS_CONTAINER_CREDENTIALS_FULL_URI:-}
    if [ -n "${AWS_CONTAINER_CREDENTIALS_RELATIVE_URI:-}" ]; then
      role=http://169.254.170.2$AWS_CONTAINER_CREDENTIALS_RELATIVE_URI
    fi
    [ -n "$role" ] || fail 'the container has no AWS credentials'
    authorization=${AWS_CONTAINER_AUTHORIZATION_TOKEN:-}
    if [ -n "${AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE:-}" ]; then
      authorization=$(cat "$AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE")
    fi
    answer=$(printf 'header = "Authorization: %s"\n' "$authorization" |
      curl --silent --show-error --fail --retry 5 --max-time 30 --config - "$role" | tr -d '\n') ||
      fail "$role handed out no credentials"
    id=$(printf '%s' "$answer" | property AccessKeyId)
    secret=$(printf '%s' "$answer" | property SecretAccessKey)
    token=$(printf '%s' "$answer" | property Token)
  fi
  bucket=${location%%/*} key=${location#*/}
  case $region in
  cn-*) suffix=amazonaws.com.cn ;;
  eusc-*) suffix=amazonaws.eu ;;
  us-iso-*) suffix=c2s.ic.gov ;;
  us-isob-*) suffix=sc2s.sgov.gov ;;
  eu-isoe-*) suffix=cloud.adc-e.uk ;;
  us-isof-*) suffix=csp.hci.ic.gov ;;
  *) suffix=amazonaws.com ;;
  esac
  endpoint=${AWS_ENDPOINT_URL_S3:-${AWS_ENDPOINT_URL:-}}
  if [ -n "$endpoint" ]; then
    url=${endpoint%/}/$bucket/$key
  else
    case $bucket in
    *.*) url=https://s3.$region.$suffix/$bucket/$key ;;
    *) url=https://$bucket.s3.$region.$suffix/$key ;;
    esac
  fi
  # Through standard input, because other processes can read command-line arguments.
  {
    printf 'user = "%s:%s"\n' "$id" "$secret"
    if [ -n "$token" ]; then printf 'header = "x-amz-security-token: %s"\n' "$token"; fi
  } | curl --silent --show-error --fail --retry 5 --max-time 300 --aws-sigv4 "aws:amz:$region:s3" --config - \
    --output "$file" "$url" || fail "s3://$location"
  found=$(sha256sum "$file" | cut -d ' ' -f 1)
  [ "$found" = "$sha256" ] || fail "s3://$location has the SHA-256 $found and not $sha256"
}

# Linux limits a variable to 128 KiB, including its name and the terminating null.
LONGEST=131048

compact=$(printf '%s' "${STP_TRIGGER_EVENT_DATA:-}" | tr -d ' \t\n')
part='"s3Uri":"s3://[^"/]+/[^"]+"|"sha256":"[0-9a-z]+"|"bytes":[0-9]+'
if printf '%s' "$compact" | grep -Eq "^\\{\"stpPayload\":\\{($part)(,($part))*\\}\\}\$"; then
  location=$(printf '%s' "$compact" | property s3Uri)
  location=${location#s3://}
  sha256=$(printf '%s' "$compact" | property sha256)
  file=$(mktemp -d)/event.json
  fetch
  export STP_TRIGGER_EVENT_FILE="$file"
  # A longer event is in the file only, and the variable keeps the reference.
  if [ "$(wc -c <"$file")" -le "$LONGEST" ]; then
    STP_TRIGGER_EVENT_DATA=$(cat "$file")
    export STP_TRIGGER_EVENT_DATA
  fi
fi
exec "$@"
