import os
import time

from batch_job import event, on_reclaim

# The job in the config. AWS Batch runs this file in a container.
REPORT_FORMAT = os.environ.get("REPORT_FORMAT", "csv")


@on_reclaim
def save():
    """At a Spot interruption, save your progress here. AWS Batch then starts the job again, which uses up no attempt."""
    print("interrupted")


def main():
    print(f"report for {event()['time']}")
    time.sleep(0.5)  # Your work.
    print(f"wrote report.{REPORT_FORMAT}")


if __name__ == "__main__":
    main()
