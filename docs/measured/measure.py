"""Measures the numbers that the built-in roadmap's criteria name, on data that needs no download.

    python -m venv /tmp/measure && /tmp/measure/bin/pip install scikit-learn gymnasium
    /tmp/measure/bin/python docs/measured/measure.py > docs/measured/measured.json

It takes about a minute. Not measured here, because they need a download: MNIST, Fashion-MNIST, CIFAR-10, 20 newsgroups,
the SMS collection, California housing and Kaggle's data.
"""

import json
import platform
import random
import sys

import gymnasium
import numpy as np
import sklearn
from sklearn.datasets import load_breast_cancer, load_diabetes
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.metrics import r2_score
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

SPLITS = 50
EPISODES = 2_000
BINS = (4, 4, 10, 10)
LIMITS = (2.4, 3.0, 0.21, 3.0)


def spread(values):
    """Least, mean and most."""
    return [round(float(f(values)), 3) for f in (np.min, np.mean, np.max)]


def diabetes():
    """Test RMSE of the training mean, of bmi and of all features; R-squared of all; the line by gradient descent."""
    x, y = load_diabetes(return_X_y=True)
    rmse = {"mean": [], "bmi": [], "all": []}
    r2, better = [], 0
    for seed in range(SPLITS):
        xa, xb, ya, yb = train_test_split(x, y, test_size=0.2, random_state=seed)
        one = LinearRegression().fit(xa[:, [2]], ya).predict(xb[:, [2]])
        full = LinearRegression().fit(xa, ya).predict(xb)
        errors = {"mean": yb - ya.mean(), "bmi": yb - one, "all": yb - full}
        for name, error in errors.items():
            rmse[name].append(np.sqrt(np.mean(error**2)))
        r2.append(r2_score(yb, full))
        better += int(rmse["all"][-1] < rmse["mean"][-1])
    bmi = x[:, 2]
    line = LinearRegression().fit(bmi[:, None], y)
    z = (bmi - bmi.mean()) / bmi.std()
    slope, level, steps = 0.0, 0.0, 0
    while abs(slope / bmi.std() - line.coef_[0]) >= 5e-4 * abs(line.coef_[0]):
        error = slope * z + level - y
        slope, level = slope - 0.1 * 2 * np.mean(error * z), level - 0.1 * 2 * np.mean(error)
        steps += 1
    return {
        "rmse": {name: spread(values) for name, values in rmse.items()},
        "r2_all": spread(r2),
        "all_below_mean": better,
        "splits": SPLITS,
        "descent_steps_on_standardised_bmi": steps,
    }


def breast_cancer():
    """Accuracy on a stratified test set, and the share of the majority class."""
    data = load_breast_cancer()
    accuracy = []
    for seed in range(SPLITS):
        xa, xb, ya, yb = train_test_split(
            data.data, data.target, test_size=0.2, random_state=seed, stratify=data.target
        )
        accuracy.append(make_pipeline(StandardScaler(), LogisticRegression()).fit(xa, ya).score(xb, yb))
    return {
        "accuracy": spread(accuracy),
        "majority": round(float(max(np.bincount(data.target)) / len(data.target)), 3),
        "label_of_malignant": list(data.target_names).index("malignant"),
        "rows": len(data.target),
    }


def state(observation):
    """The cell of the table to which an observation belongs."""
    cells = []
    for value, limit, bins in zip(observation, LIMITS, BINS, strict=True):
        share = (min(max(float(value), -limit), limit) + limit) / (2 * limit)
        cells.append(min(int(share * bins), bins - 1))
    return tuple(cells)


def cartpole():
    """Mean return of random play, and of greedy play after learning with a table, by method and seed."""
    env = gymnasium.make("CartPole-v1")
    rng = random.Random(0)  # noqa: S311

    def episode(policy, seed):
        seen, _ = env.reset(seed=seed)
        total, over = 0.0, False
        while not over:
            seen, reward, terminated, truncated, _ = env.step(policy(state(seen)))
            total, over = total + reward, terminated or truncated
        return total

    found = {"random": round(float(np.mean([episode(lambda _: rng.randrange(2), 10_000 + n) for n in range(1000)])), 1)}
    for sarsa in (False, True):
        means = [round(learned(env, episode, seed, sarsa=sarsa), 1) for seed in range(5)]
        found["sarsa" if sarsa else "q_learning"] = means
    return found | {"episodes": EPISODES, "bins": BINS}


def learned(env, episode, seed, *, sarsa):
    """Mean return of 100 fresh greedy episodes after learning."""
    rng = random.Random(seed)  # noqa: S311
    q = np.zeros((*BINS, 2))
    for n in range(EPISODES):
        alpha, epsilon = max(0.1, 0.5 * (1 - n / EPISODES)), max(0.02, 1 - n / (EPISODES / 2))
        choose = lambda s, e=epsilon: rng.randrange(2) if rng.random() < e else int(np.argmax(q[s]))  # noqa: E731
        seen, _ = env.reset(seed=seed * 100_000 + n)
        s, over = state(seen), False
        action = choose(s)
        while not over:
            seen, reward, terminated, truncated, _ = env.step(action)
            after, over = state(seen), terminated or truncated
            following = choose(after)
            ahead = 0.0 if terminated else (q[after][following] if sarsa else q[after].max())
            q[s][action] += alpha * (reward + 0.99 * ahead - q[s][action])
            s, action = after, following
    return float(np.mean([episode(lambda s: int(np.argmax(q[s])), 900_000 + n) for n in range(100)]))


if __name__ == "__main__":
    versions = {
        "python": platform.python_version(),
        "scikit-learn": sklearn.__version__,
        "numpy": np.__version__,
        "gymnasium": gymnasium.__version__,
    }
    found = {"versions": versions, "diabetes": diabetes(), "breast_cancer": breast_cancer(), "cartpole": cartpole()}
    json.dump(found, sys.stdout, indent=1)
