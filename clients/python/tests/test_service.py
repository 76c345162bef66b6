"""Against a running server: PPE_TARGET says where, PPE_MODEL names a .tflite file, PPE_GRAPH the same
as a Graph in JSON, PPE_EXPECTED the answer of ./ppe estimate --format json for it."""

import json
import os
import pathlib
import subprocess
import sys
import unittest

from google.protobuf import json_format

import ppe

EXAMPLES = pathlib.Path(__file__).parent.parent / "examples"


@unittest.skipUnless("PPE_TARGET" in os.environ, "no server: set PPE_TARGET")
class ServiceTest(unittest.TestCase):
    def setUp(self):
        self.target = os.environ["PPE_TARGET"]
        self.model = os.environ["PPE_MODEL"]
        self.graph = os.environ["PPE_GRAPH"]
        self.expected = json.loads(pathlib.Path(os.environ["PPE_EXPECTED"]).read_text())

    def test_a_file_costs_what_the_command_says(self):
        answer = ppe.estimate(self.model, target=self.target, detail="layers")
        fields = json.loads(json_format.MessageToJson(answer))
        for name in ("graphHash", "latencyUs", "cycles", "energyUj", "macs", "memory"):
            with self.subTest(name):
                self.assertEqual(fields[name], self._printed(name, fields[name]))
        self.assertEqual(len(answer.layers), len(self.expected["layers"]))

    def _printed(self, name, like):
        """The command prints fields of value 0, too."""
        value = self.expected[name]
        return {key: value[key] for key in like} if isinstance(like, dict) else value

    def test_bytes_and_graphs_cost_what_the_file_does(self):
        with ppe.Client(self.target) as client:
            models = [pathlib.Path(self.model).read_bytes(), pathlib.Path(self.graph)]
            answers = [outcome.answer for outcome in client.estimate_all(models)]
        for answer in answers:
            self.assertEqual(answer.graph_hash, self.expected["graphHash"])
            self.assertEqual(answer.latency_us, self.expected["latencyUs"])

    def test_an_accelerator_is_named_or_described(self):
        with ppe.Client(self.target) as client:
            names = [accelerator.name for accelerator in client.accelerators()]
            self.assertIn("tensor-g1", names)
            described = client.accelerator("tensor-g1")
            by_name = client.estimate(self.model, "tensor-g1")
            self.assertEqual(client.estimate(self.model, described), by_name)

    def test_what_the_server_refuses_is_one_line(self):
        with ppe.Client(self.target) as client:
            outcomes = list(client.estimate_all([b"\0\0\0\0TFL3 rubbish", self.model]))
        self.assertEqual([outcome.ok for outcome in outcomes], [False, True])
        self.assertEqual(outcomes[0].error.code, "INVALID_ARGUMENT")
        self.assertNotIn("\n", str(outcomes[0].error))

    def test_the_examples_run(self):
        files = self._run("file_worker.py", self.model, "--accelerator", "tensor-g1")
        self.assertTrue(files.startswith(self.model + ","), files)
        graphs = self._run("graph_worker.py", "--candidates", "40")
        self.assertIn("40 of 40 candidates have an answer", graphs)

    def _run(self, example, *args):
        command = [sys.executable, str(EXAMPLES / example), "--target", self.target, *args]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    unittest.main()
