import json
import os
import subprocess
import sys
import unittest
from pathlib import Path

JOB = Path(__file__).with_name("nightly_report.py")


class NightlyReport(unittest.TestCase):
    def test_the_report_is_for_the_time_of_the_event(self):
        # As AWS Batch runs it: a process with the event in a variable.
        event = json.dumps({"time": "2026-01-01T14:00:00Z"})
        env = {**os.environ, "STP_TRIGGER_EVENT_DATA": event, "REPORT_FORMAT": "json"}
        job = subprocess.run([sys.executable, JOB], env=env, capture_output=True, text=True)

        self.assertEqual(job.stdout.split("\n"), ["report for 2026-01-01T14:00:00Z", "wrote report.json", ""], job.stderr)
        self.assertEqual(job.returncode, 0)


if __name__ == "__main__":
    unittest.main()
