# Moves Docker's folder to the instance's local NVMe disks. Several disks become one by RAID 0. If a step fails, it stays on the root volume.
use_instance_store() {
  local disks disk
  mapfile -t disks < <(lsblk --nodeps --noheadings --paths --output NAME,MODEL | awk '/NVMe Instance Storage/ { print $1 }')
  [ "${#disks[@]}" -gt 0 ] || return 1
  disk=${disks[0]}
  if [ "${#disks[@]}" -gt 1 ]; then
    command -v mdadm >/dev/null || dnf install --assumeyes mdadm || return 1
    disk=/dev/md0
    mdadm --create "$disk" --run --level=0 --raid-devices="${#disks[@]}" "${disks[@]}" || return 1
  fi
  mkfs.xfs -f -K "$disk" || return 1
  # Docker usually starts after this script. If it runs already, its folder is in use.
  if systemctl is-active --quiet docker; then
    systemctl stop ecs docker docker.socket
    docker_ran=yes
  fi
  mkdir -p /var/lib/docker
  mount -o noatime "$disk" /var/lib/docker
}
docker_ran=
use_instance_store || echo 'instance store: not used, containers stay on the root volume' >&2
[ -z "$docker_ran" ] || systemctl start --no-block docker ecs
