"""Builds the package: the stubs are made of the contract, proto/ppe/v1, and never kept."""

import pathlib
import shutil
import subprocess
import sys

from setuptools import setup
from setuptools.command.build_py import build_py

HERE = pathlib.Path(__file__).resolve().parent
CONTRACT = HERE.parent.parent / "proto"


class BuildWithStubs(build_py):
    """Puts ppe/v1/*_pb2.py and *_pb2_grpc.py beside the package's own files."""

    def run(self):
        super().run()
        generate(pathlib.Path(self.build_lib))


def generate(target):
    """Stubs of the contract, and messages of gRPC's error details, as packages under target."""
    contract = sorted(CONTRACT.glob("ppe/v1/*.proto"))
    if not contract:
        sys.exit(f"no contract in {CONTRACT}: install from a checkout of PPE")
    target.mkdir(parents=True, exist_ok=True)
    protoc(target, CONTRACT, contract, services=True)
    protoc(target, HERE / "src", [HERE / "src" / "ppe" / "error_details.proto"], services=False)
    (target / "ppe" / "v1" / "__init__.py").write_text('"""The wire contract, ppe.v1."""\n')


def protoc(target, root, files, services):
    plugin = shutil.which("grpc_python_plugin")
    compiler = shutil.which("protoc")
    arguments = [f"--proto_path={root}", f"--python_out={target}"]
    if services:
        arguments.append(f"--grpc_python_out={target}")
    if compiler and plugin:
        command = [compiler, f"--plugin=protoc-gen-grpc_python={plugin}"]
    else:
        command = [sys.executable, "-m", "grpc_tools.protoc"]
        try:
            import grpc_tools  # noqa: F401
        except ImportError:
            sys.exit(
                "stubs cannot be made: install protoc and grpc_python_plugin (Debian:"
                " protobuf-compiler, protobuf-compiler-grpc) or the Python package grpcio-tools"
            )
    subprocess.run(command + arguments + [str(file) for file in files], check=True)


setup(cmdclass={"build_py": BuildWithStubs})
