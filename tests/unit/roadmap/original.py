"""The original roadmap of the ML-researcher track, and what became of what it names."""

# The original, line by line: weeks, title, what it names as resources, what it sets as projects.
ORIGINAL: list[tuple[tuple[int, int], str, list[str], list[str]]] = [
    (
        (1, 2),
        "Introduction to Machine Learning",
        ["Coursera's Machine Learning by Andrew Ng"],
        ["Implement a simple linear regression model using Python and Scikit-learn"],
    ),
    (
        (3, 4),
        "Mathematics for ML",
        ["3Blue1Brown's Linear Algebra playlist on YouTube", "Khan Academy's Calculus I and II"],
        [],
    ),
    (
        (5, 6),
        "Probability & Statistics",
        ["Khan Academy's Probability", "Khan Academy's Statistics and Probability"],
        [],
    ),
    (
        (7, 8),
        "Python Programming for Machine Learning",
        ["Coursera's Python for Everybody by University of Michigan"],
        ["Build a web app using Flask and SQLite to analyze data"],
    ),
    (
        (9, 10),
        "Introduction to Machine Learning Libraries",
        ["Scikit-learn Tutorials (Scikit-learn's Documentation)"],
        ["Implement a logistic regression model for classification and evaluate its performance"],
    ),
    (
        (11, 12),
        "Deep Learning Basics",
        [
            "Coursera's Deep Learning Specialization by Andrew Ng, first course: Neural Networks and Deep Learning",
        ],
        ["Implement a convolutional neural network (CNN) for image classification using Keras"],
    ),
    (
        (13, 14),
        "Natural Language Processing",
        [
            (
                "Coursera's Natural Language Processing Specialization by Johns Hopkins University, "
                "first course: Introduction to Text Mining in Python"
            ),
        ],
        ["Build a text classification model using Naive Bayes or other NLP techniques"],
    ),
    (
        (15, 16),
        "Reinforcement Learning",
        [
            (
                "Coursera's Reinforcement Learning Specialization by DeepMind, "
                "first course: Mathematics for Reinforcement Learning"
            ),
        ],
        ["Implement Q-Learning or SARSA algorithm to solve the CartPole problem"],
    ),
    (
        (17, 18),
        "Applied Machine Learning Project",
        [],
        [
            (
                "Apply machine learning algorithms learned to a real-world project of your choice. "
                "Project: Work on a Kaggle competition or an open-source project to gain hands-on experience"
            ),
        ],
    ),
    (
        (19, 20),
        "Machine Learning Research Papers & Practical Skills",
        [
            "Stanford's CS224d: Reading and Understanding Research Papers",
            "Coursera's Practical Machine Learning course by UC Berkeley",
        ],
        [],
    ),
    (
        (21, 24),
        "Specialization Project",
        [],
        [
            (
                "Work on a research project in your area of interest. "
                "Project: Contribute to an open-source ML project, or write a research paper "
                "based on your findings from the previous project"
            ),
        ],
    ),
]

# What became of the names, and where the learner is sent.
CORRECTED = {
    "ng-supervised-ml": ("renamed", "https://www.coursera.org/learn/machine-learning"),
    "calculus": ("renamed", "https://www.khanacademy.org/math/calculus-1"),
    "probability": ("renamed", "https://www.khanacademy.org/math/statistics-probability/probability-library"),
    "sklearn-docs": ("renamed", "https://scikit-learn.org/stable/getting_started.html"),
    "nlp-classification": ("wrong", "https://www.coursera.org/learn/classification-vector-spaces-in-nlp"),
    "fundamentals-of-rl": ("wrong", "https://www.coursera.org/learn/fundamentals-of-reinforcement-learning"),
    "reading-papers": ("wrong", "https://web.stanford.edu/class/ee384m/Handouts/HowtoReadPaper.pdf"),
    "practical-ml": ("wrong", "https://c.d2l.ai/stanford-cs329p/"),
}
