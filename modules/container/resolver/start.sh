#!/bin/sh
# First program of images without a resolver in the job's language: start.sh command ...
# Provides the event, or this child's item, puts secrets into variables that need them, and then runs the command in its place. An event that
# is too large for the container's environment is stored in S3, and STP_TRIGGER_EVENT_DATA contains a reference to it. Items are there too,
# and STP_ITEMS is the address of their index. Requires curl 7.86 or later.
set -eu

subject=event

fail() {
  printf "The job's %s could not be fetched: %s\n" "$subject" "$1" >&2
  exit 1
}

# Reads one property of a flat JSON object from standard input. The values contain no quotes and no backslashes.
property() {
  sed -n 's/.*"'"$1"'" *: *"\([^"]*\)".*/\1/p'
}

# Sets what requests to S3 need.
prepare() {
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
}

# What to look for, by the status of S3's answer.
fix() {
  case $1 in
  403) printf ": the job's role needs s3:GetObject for it, or the object has expired" ;;
  404) printf ': the object has expired, or was never there' ;;
  416) printf ': the object has changed since the run began' ;;
  esac
}

# download LOCATION FILE [START END]: an object, or its bytes from START up to END.
download() {
  bucket=${1%%/*} key=${1#*/}
  if [ -n "$endpoint" ]; then
    url=${endpoint%/}/$bucket/$key
  else
    case $bucket in
    *.*) url=https://s3.$region.$suffix/$bucket/$key ;;
    *) url=https://$bucket.s3.$region.$suffix/$key ;;
    esac
  fi
  # Through standard input, because other processes can read command-line arguments.
  status=$({
    printf 'user = "%s:%s"\n' "$id" "$secret"
    if [ -n "$token" ]; then printf 'header = "x-amz-security-token: %s"\n' "$token"; fi
    if [ $# -gt 2 ]; then printf 'range = "%s-%s"\n' "$3" "$(($4 - 1))"; fi
  } | curl --silent --show-error --fail --retry 5 --max-time 300 --aws-sigv4 "aws:amz:$region:s3" --config - \
    --output "$2" --write-out '%{http_code}' "$url") || fail "s3://$1$(fix "$status")"
  [ $# -eq 2 ] || [ "$(wc -c <"$2")" -eq "$(($4 - $3))" ] ||
    fail "s3://$1: the job asked for $(($4 - $3)) bytes of it and got $(($(wc -c <"$2"))). The object has changed since the run began"
}

# The number without zeros in front, which would make it octal.
decimal() {
  number=${1#"${1%%[!0]*}"}
  printf '%s' "${number:-0}"
}

# Writes this child's item to $file. No file: the job's event stays.
fetch_item() {
  subject=item
  location=${STP_ITEMS#s3://} child=${AWS_BATCH_JOB_ARRAY_INDEX:-0}
  printf '%s' "$STP_ITEMS" | grep -Eq '^s3://[^/]+/.+/[^/]+$' ||
    fail "STP_ITEMS is \"$STP_ITEMS\" and not s3://<bucket>/<key>. A run of a job with forEach sets it"
  printf '%s' "$child" | grep -Eq '^[0-9]{1,7}$' ||
    fail "AWS_BATCH_JOB_ARRAY_INDEX is \"$child\" and not a number. A run of a job with forEach sets it"
  prepare
  # All lines of an index have 36 bytes: where an item begins and ends in items.jsonl beside it, and its number.
  download "$location" "$file" "$((child * 36))" "$((child * 36 + 36))"
  line=$(cat "$file")
  rm "$file"
  printf '%s' "$line" | grep -Eq '^[0-9]{13} [0-9]{13} [0-9]{7}$' ||
    fail "$STP_ITEMS: line $((child + 1)) is \"$line\", which names no item"
  start=$(decimal "${line%% *}") index=$(decimal "${line##* }")
  end=${line#* } end=$(decimal "${end% *}")
  [ "$start" -le "$end" ] || fail "$STP_ITEMS: line $((child + 1)) is \"$line\", which names no item"
  export STP_ITEM_INDEX="$index"
  if [ "$start" -ne "$end" ]; then download "${location%/*}/items.jsonl" "$file" "$start" "$end"; fi
}

# The characters of $1 as a URL needs them.
encoded() (
  LC_ALL=C rest=$1
  while [ -n "$rest" ]; do
    tail=${rest#?} one=${rest%"${rest#?}"}
    case $one in
    [ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._~-]) printf %s "$one" ;;
    *) printf %s "$one" | od -An -v -tx1 | tr -d ' \n' | tr a-f A-F | sed 's/../%&/g' ;;
    esac
    rest=$tail
  done
)

# Puts secrets into the variables that STP_COMPLETED names: each $(STP_...) becomes the value of that variable.
for variable in ${STP_COMPLETED:-}; do
  eval "rest=\${$variable-}"
  value=
  while :; do
    case $rest in
    *'$(STP_'*')'*) ;;
    *) break ;;
    esac
    value=$value${rest%%'$(STP_'*} rest=${rest#*'$(STP_'}
    secret=STP_${rest%%')'*}
    case $secret in
    *[!ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_]*) known= ;;
    *) eval "known=\${$secret+yes}" ;;
    esac
    if [ -n "$known" ]; then
      eval "value=\$value\$(encoded \"\$$secret\")"
      rest=${rest#*')'}
    else
      value=$value'$(STP_'
    fi
  done
  export "$variable=$value$rest"
done

# Linux limits a variable to 128 KiB, including its name and the terminating null.
LONGEST=131048

file=
if [ -n "${STP_ITEMS:-}" ]; then
  file=$(mktemp -d)/event.json
  fetch_item
fi
if [ ! -f "$file" ]; then
  compact=$(printf '%s' "${STP_TRIGGER_EVENT_DATA:-}" | tr -d ' \t\n')
  part='"s3Uri":"s3://[^"/]+/[^"]+"|"sha256":"[0-9a-z]+"|"bytes":[0-9]+|"failedItemsOf":"[A-Za-z0-9_.-]+"'
  if printf '%s' "$compact" | grep -Eq "^\\{\"stpPayload\":\\{($part)(,($part))*\\}\\}\$"; then
    subject=event
    location=$(printf '%s' "$compact" | property s3Uri)
    location=${location#s3://}
    sha256=$(printf '%s' "$compact" | property sha256)
    file=$(mktemp -d)/event.json
    prepare
    download "$location" "$file"
    found=$(sha256sum "$file" | cut -d ' ' -f 1)
    [ "$found" = "$sha256" ] || fail "s3://$location has the SHA-256 $found and not $sha256"
  fi
fi
if [ -f "$file" ]; then
  export STP_TRIGGER_EVENT_FILE="$file"
  # A longer one is in the file only. The variable keeps the reference, but not the event of all items.
  if [ "$(wc -c <"$file")" -le "$LONGEST" ]; then
    STP_TRIGGER_EVENT_DATA=$(cat "$file")
    export STP_TRIGGER_EVENT_DATA
  elif [ "$subject" = item ]; then
    unset STP_TRIGGER_EVENT_DATA
  fi
fi
exec "$@"
