"""Gives the vocoder of a published voice headroom (train_vocoder.HEADROOM): those made before cut the low harmonics of loud sounds.

Learns the last layer's magnitudes anew by the spectral losses and by how periodic the voice is beside its teacher; all else stays as it is, and
an anchor holds what wasn't cut. Minutes of speech and of time will do.

    voice_file.py voices/linnet-en.gguf --out training/start.pt
    headroom.py --start training/start.pt --acoustic training/start.pt --out training/vocoder.pt --minutes 4
    export.py linnet-en --acoustic training/start.pt --vocoder training/vocoder.pt --gain FACTOR --out voices/linnet-en.gguf
"""
import copy

import torch

import data
import loop
import losses
import train_vocoder
from model import BINS, MOST_LOG, Config

PERIODICITY = 10  # weight of losses.periodicity_loss()
ANCHOR = 20       # weight of the squared difference from what the start makes
ANCHORED = 0.3    # nats below the limit: magnitudes of the start that lie lower are held
PHASES = slice(BINS, 2 * BINS)  # of the last layer's rows, between the magnitudes of harmonics and noise
MAGNITUDES = 3 * BINS


def magnitudes(rows):
    """[..., outputs] of the last layer -> the magnitudes' logarithms [..., 2 BINS]"""
    return torch.cat([rows[..., :BINS], rows[..., PHASES.stop:MAGNITUDES]], -1)


def only_magnitudes(gradient):
    """That of the last layer's weights or biases, by rows -> the same with nothing to learn for phases and envelope."""
    kept = gradient.clone()
    kept[PHASES] = 0
    kept[MAGNITUDES:] = 0
    return kept


class Trainer(train_vocoder.Trainer):
    """The vocoder with all but the rows of its magnitudes held."""

    def __init__(self, args, cfg, device):
        super().__init__(args, cfg, device)
        self.net.requires_grad_(False)
        self.optimisers = {"vocoder": torch.optim.AdamW(self.net.head.parameters(), betas=(0.8, 0.99), weight_decay=0)}

    def begin(self):
        """Once the start's weights are there."""
        start, net = copy.deepcopy(self.net.head), self.net.head
        for p in net.requires_grad_(True).parameters():
            p.register_hook(only_magnitudes)

        def anchor(_, given, made):
            old = magnitudes(start(given[0]))
            near = old < MOST_LOG - ANCHORED
            self.anchor = ANCHOR * ((magnitudes(made) - old) ** 2 * near).sum() / near.sum().clamp(min=1)
        net.register_forward_hook(anchor)

    def spectral(self, starts):
        log_mel, lf0, voicing, turns, audio = self.clips.gather(starts, self.args.predicted)
        harmonic, noise = self.spoken(log_mel, lf0, voicing, turns)
        report = losses.spectral_losses(harmonic, harmonic + noise, audio) | {"anchor": self.anchor}
        report["periodicity"] = PERIODICITY * losses.periodicity_loss(self.net(log_mel, lf0, voicing), audio, lf0, voicing)
        self.learn(sum(report.values()))
        return report


def main():
    parser = loop.arguments(__doc__, "vocoder")
    parser.add_argument("--acoustic", required=True, help="checkpoint of the acoustic model whose mels are learnt from, too")
    parser.set_defaults(adversarial=0, predicted=0.5)
    args = parser.parse_args()
    device = loop.begin(args)
    state = torch.load(args.start, weights_only=False, map_location="cpu")["meta"]
    state["config"]["voc_headroom"] = train_vocoder.HEADROOM
    trainer = Trainer(args, Config(**state["config"]), device)
    run = loop.Loop(args, trainer.modules, trainer.optimisers, state)
    trainer.begin()
    trainer.clips = train_vocoder.Clips(data.load_all(args), device, True)
    trainer.clips.follow(args.acoustic)
    step = loop.Step(trainer.spectral, device, args)
    going = True
    while going:
        run.rate()
        going = run.step(step(trainer.clips.draw(run.rng, train_vocoder.CLIPS[device.type], args.predicted)))


if __name__ == "__main__":
    main()
