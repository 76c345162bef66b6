"""A search worker that sends model files: prints latency and energy of each, in order.

    python file_worker.py --target host-a:50051,host-b:50051 --accelerator tensor-g1 *.tflite *.onnx
"""

import argparse
import sys

import ppe


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--target", default="localhost:50051")
    parser.add_argument("--accelerator", default="")
    parser.add_argument("--fidelity", default="cycle")
    parser.add_argument("models", nargs="+")
    args = parser.parse_args()
    failed = 0
    with ppe.Client(args.target) as client:
        outcomes = client.estimate_all(
            args.models, accelerator=args.accelerator, fidelity=args.fidelity
        )
        for outcome in outcomes:
            if outcome.ok:
                answer = outcome.answer
                print(f"{outcome.model},{answer.latency_us:.3f},{answer.energy_uj:.3f}")
            else:
                failed += 1
                print(f"{outcome.model}: {outcome.error}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
